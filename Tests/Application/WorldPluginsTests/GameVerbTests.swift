import PluginCore
import Testing
import WorldPlugins

@Suite struct GameVerbTests {}
