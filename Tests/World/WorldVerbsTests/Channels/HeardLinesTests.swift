import Basics
import Testing
import WorldLanguage
import WorldModel

@testable import WorldVerbs

@Suite struct HeardLinesTests {
    private let ada = Thing.makeNobody()
    private let ben = Thing.makeNobody()

    private func line(
        _ number: Int, at time: Int = 0, _ category: MessageCategory = .speech, _ text: StyledText = "hm"
    ) -> HeardLine {
        HeardLine(number: number, time: time, category: category, speaker: ben, text: text)
    }

    @Test func theLatestAreKept() {
        var lines = HeardLines()
        for number in 1...95 { lines.append(line(number)) }
        #expect(lines.lines.map(\.number).sorted() == Array(66...95))
    }

    @Test func linesOfCrowdsAreBoundedByTheirReaders() {
        var lines = CrowdLines()
        let half = Array(repeating: ada, count: CrowdLines.mostReaders / 2)
        for number in 1...100 {
            lines.append(line(number), half)
            #expect(lines.lines(heardBy: ada).map(\.number) == Array(max(1, number - 1)...number))
        }
        #expect(lines.lines(heardBy: ben).isEmpty)
        // One that alone is heard by too many is not kept at all, and does no harm.
        lines.append(line(101), half + half + [ada])
        #expect(lines.lines(heardBy: ada).isEmpty)
        lines.append(line(102), [ben])
        #expect(lines.lines(heardBy: ben).map(\.number) == [102])
    }

    @Test func linesOfCrowdsAreForgottenInTime() {
        var lines = CrowdLines()
        for number in 1...10 { lines.append(line(number, at: number * 60_000), [ada]) }
        #expect(lines.lines(heardBy: ada).count == 10)
        lines.append(line(11, at: 5 * 60_000 + HeardLine.longest), [ada])
        #expect(lines.lines(heardBy: ada).map(\.number) == Array(5...11))
    }

    @Test(arguments: [Int.min, -1, 0, HeardLine.longest, Int.max])
    func noTimeIsATrap(_ time: Int) {
        for now in [Int.min, 0, Int.max] {
            let (age, isOver) = now.subtractingReportingOverflow(time)
            #expect(line(1, at: time).isRecent(at: now) == (!isOver && age <= HeardLine.longest))
        }
    }

    @Test func privateWordsAreEvidenceBetweenTheTwo() {
        let (reporter, other) = (ThingID(7), Complaint.Subject(id: ThingID(8), name: "Cy"))
        let subject = Complaint.Subject(id: ben.id, name: "Ben")
        let told = StyledText("Ben", .person) + " tells you, \"" + StyledText("Cy", .speech) + "\""
        #expect(line(1, .tell, told).isEvidence(of: reporter, against: subject))
        #expect(!line(1, .tell, told).isEvidence(of: reporter, against: other))
        // Of one's own words, those to the one that the report is about.
        let own = StyledText("You tell ") + StyledText("CY", .person) + ", \"" + StyledText("Ben", .speech) + "\""
        #expect(line(1, .tell, own).isEvidence(of: ben.id, against: other))
        #expect(!line(1, .tell, own).isEvidence(of: ben.id, against: Complaint.Subject(id: ThingID(9), name: "Ben")))
        for category in [MessageCategory.speech, .emote, .channel] {
            #expect(line(1, category, told).isEvidence(of: reporter, against: other))
        }
    }
}
