import Basics
import Testing
import WorldLanguage

@Suite struct SettingNameTests {
    @Test func everyNameAndEveryWordIsUnderstood() {
        var seen: Set<String> = []
        for setting in SettingName.allCases {
            for name in [setting.rawValue] + setting.rule.aliases {
                #expect(SettingName(named: name) == setting)
                #expect(seen.insert(name).inserted, "\(name) means two settings")
                #expect(SettingName.beginning(with: name).contains(setting))
            }
            for word in setting.rule.words {
                #expect(setting.rule.value(of: word) == word)
                #expect(setting.rule.allows(word))
            }
            for (spelling, word) in setting.rule.others {
                #expect(setting.rule.value(of: spelling) == word && setting.rule.words.contains(word))
            }
            #expect(setting.rule.words.count == Set(setting.rule.words).count && !setting.rule.initial.isEmpty)
        }
    }

    @Test(
        arguments: [
            (.encoding, "UTF-8", "utf8"), (.encoding, "iso-8859-1", "latin1"), (.encoding, "cp_437", "cp437"),
            (.encoding, "lat", "latin1"), (.encoding, "a", nil), (.encoding, "", nil), (.encoding, "-", nil),
            (.width, "60", "60"), (.width, "060", "60"), (.width, "19", nil), (.width, "501", nil),
            (.width, "-60", nil),
            (.width, "99999999999999999999", nil), (.pager, "on", "on"), (.pager, "24", "24"), (.brief, "o", nil),
            (.brief, "of", "off"), (.brief, "maybe", nil), (.color, "tr", "true"), (.color, "2", "256"),
        ] as [(SettingName, String, String?)])
    func aValueIsUnderstoodOrNot(setting: SettingName, typed: String, value: String?) {
        #expect(setting.rule.value(of: typed) == value)
    }

    @Test func storedValuesThatMeanNothingAreNone() {
        let hostile = ["", "on\u{0}", "99999999999999999999", "-1", "klingon", String(repeating: "x", count: 10_000)]
        for setting in SettingName.allCases where !setting.rule.takesText && setting != .language {
            for value in hostile {
                let preferences = Preferences([setting.rawValue: value])
                #expect(preferences[setting] == setting.rule.initial && preferences.chosen(setting) == nil)
                #expect(preferences.number(setting) == nil)
            }
        }
        let preferences = Preferences(["width": "60", "color.speech": "green", "color.": "red", "color.xyz": "red"])
        #expect(preferences.number(.width) == 60)
        #expect(preferences.colours == [.speech: .green])
    }
}
