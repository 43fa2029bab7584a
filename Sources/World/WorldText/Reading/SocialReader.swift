import Basics
import WorldModel

/// Reads a file of socials: gestures with what they show.
struct SocialReader {
    let sink: DiagnosticSink

    /// In letters.
    private static let longestName = 20

    func read(_ fields: inout Fields, into socials: inout [String: [String: String]]) {
        for entry in fields.map("socials") {
            guard isName(entry.key) else {
                sink.error(
                    entry.keyPosition,
                    "\(entry.key) cannot name a social; use 2 to \(Self.longestName) lower-case letters, and no direction"
                )
                continue
            }
            if socials[entry.key] != nil {
                sink.error(entry.keyPosition, "social \(entry.key) is given in another file already")
                continue
            }
            if let forms = forms(entry) { socials[entry.key] = forms }
        }
    }

    private func isName(_ text: String) -> Bool {
        (2...Self.longestName).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            && Direction(word: text) == nil
    }

    private func forms(_ entry: TextNode.Entry) -> [String: String]? {
        guard var fields = Fields(entry.value, of: "social \(entry.key)", sink) else { return nil }
        var forms: [String: String] = [:]
        for key in ["alone", "at", "self"] {
            guard let text = fields.text(key) else { continue }
            check(text, key, fields)
            forms[key] = text
        }
        for key in ["touch", "heard"] where fields.flag(key) == true { forms[key] = "true" }
        if !fields.has("alone"), !fields.has("at") {
            sink.error(entry.keyPosition, "social \(entry.key) shows nothing; give it `alone`, `at` or both")
        }
        fields.finish()
        return forms
    }

    private func check(_ text: String, _ key: String, _ fields: Fields) {
        let position = fields.position(of: key)
        do throws(SocialForm.Mistake) {
            let form = try SocialForm(text)
            if key != "at", form.hasOther {
                sink.error(position, "\(key) of \(fields.owner) speaks of somebody else, who is only there in `at`")
            } else if key == "at", !form.hasOther {
                sink.error(position, "at of \(fields.owner) does not say at whom; write <you> or <your>")
            }
        } catch {
            sink.error(position, "\(key) of \(fields.owner) \(error.text)")
        }
    }
}
