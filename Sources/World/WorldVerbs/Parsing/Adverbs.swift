/// Words that say how something is done.
enum Adverbs {
    static let all: Set<String> = [
        "absently", "angrily", "anxiously", "awkwardly", "boldly", "bravely", "briskly", "calmly", "carefully",
        "carelessly",
        "casually", "cautiously", "cheerfully", "clumsily", "coldly", "curiously", "defiantly", "deftly",
        "deliberately",
        "eagerly", "firmly", "gently", "gingerly", "gladly", "gleefully", "gracefully", "gratefully", "greedily",
        "happily",
        "hastily", "hesitantly", "hurriedly", "impatiently", "innocently", "kindly", "lazily", "loudly", "lovingly",
        "mournfully", "nervously", "noisily", "patiently", "politely", "proudly", "quickly", "quietly", "reluctantly",
        "roughly", "sadly", "secretly", "shyly", "silently", "sleepily", "slowly", "sneakily", "softly", "solemnly",
        "sternly", "stiffly", "stubbornly", "suddenly", "suspiciously", "swiftly", "tenderly", "thoughtfully",
        "timidly",
        "tiredly", "triumphantly", "warily", "warmly", "wearily", "wildly", "wisely", "wistfully",
    ]
}
