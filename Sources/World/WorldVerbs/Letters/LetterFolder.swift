import WorldLanguage
package import WorldModel

/// A folder of a mailbox: a thing located nowhere in which letters lie, the newest last.
///
/// - Complexity: finding a letter by its number is O(log *n*), because numbers rise.
package struct LetterFolder {
    package let thing: Thing

    package init(_ thing: Thing) {
        self.thing = thing
    }

    package var name: String { thing[.title] }

    /// The name as people read it, that of a folder that everybody has in their own language.
    var shownName: Sentence { StandardFolder(rawValue: name) == nil ? "\(plain: name)" : Sentence(message: name) }

    /// What lies in it, by rising numbers.
    package var letters: [Letter] { thing.contents.filter { $0.has(.letter) }.map(Letter.init) }

    package var count: Int { thing.contents.count { $0.has(.letter) } }

    package var unread: Int { thing.contents.count { $0.has(.letter) && !Letter($0).has(.seen) } }

    /// The number that the next letter in it gets (`UIDNEXT` of RFC 9051 §2.3.1.1).
    package var nextNumber: Int { thing[.nextUID] }

    /// Tells it from another one that had the same name before (`UIDVALIDITY`).
    package var validity: Int { thing[.uidValidity] }

    /// The letter of a number, if it is there.
    package func letter(_ number: Int) -> Letter? {
        let contents = thing.contents
        var (low, high) = (0, contents.count)
        while low < high {
            let middle = (low + high) / 2
            if contents[middle][.uid] < number { low = middle + 1 } else { high = middle }
        }
        guard low < contents.count, contents[low][.uid] == number, contents[low].has(.letter) else { return nil }
        return Letter(contents[low])
    }
}
