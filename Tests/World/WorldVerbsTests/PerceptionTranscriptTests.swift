import Testing
import WorldTesting

/// What is seen, reached and heard in the lodge of `WorldTesting`, and why not.
@Suite struct PerceptionTranscriptTests {
    @Test(arguments: Transcripts.perception.keys.sorted())
    func playsAsWritten(_ name: String) {
        let transcript = Transcript(Transcripts.perception[name] ?? "")
        let differences = transcript.play(on: Lodge.make())
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }
}
