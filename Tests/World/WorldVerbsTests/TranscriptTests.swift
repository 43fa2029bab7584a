import Testing
import WorldTesting
import WorldVerbs

@Suite struct TranscriptTests {
    @Test(arguments: Transcripts.all.keys.sorted())
    func playsAsWritten(_ name: String) {
        let transcript = Transcript(Transcripts.all[name] ?? "")
        let differences = transcript.play(on: House.make())
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test func everyVerbHasItsTranscript() {
        for verb in VerbTable.standard.verbs {
            let text = Transcripts.all[verb.name]
            #expect(text != nil, "no transcript of \(verb.name)")
            let typed = Transcript(text ?? "").typedWords
            #expect(!typed.isDisjoint(with: [verb.name] + verb.aliases), "\(verb.name) is not typed in its transcript")
        }
    }

    @Test func showsHowALineWasAnsweredOtherwise() {
        let differences = Transcript(
            """
            > Ada: get brass lamp
            Ada: You take the golden lamp.
            Cy: Ada takes the brass lamp.
            (Ada sings)
            > Dora: look
            """
        ).play(on: House.make())
        #expect(
            differences == [
                """
                > Ada: get brass lamp
                - Ada: You take the golden lamp.
                + Ada: You take the brass lamp.
                + Ben: Ada takes the brass lamp.
                  Cy: Ada takes the brass lamp.
                """, "unknown direction (Ada sings)", "there is no player Dora",
            ])
    }
}
