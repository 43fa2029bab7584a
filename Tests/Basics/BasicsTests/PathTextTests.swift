import Basics
import Testing

@Suite struct PathTextTests {
    @Test(arguments: [
        ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a/b", "a", "b"), ("a", ".", "a"), ("a/", "a", ""), ("", ".", ""),
    ])
    func parts(path: String, directory: String, name: String) {
        #expect(path.directoryOfPath == directory && path.nameOfPath == name)
    }
}
