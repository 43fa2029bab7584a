import Testing

@testable import TelnetWire

@Suite struct TelnetOptionStateTests {
    typealias Row = (TelnetOptionState, TelnetOptionState.Answer, TelnetOptionState)

    @Test(
        arguments: [
            (.no, .affirm, .yes), (.yes, .nothing, .yes), (.wantNo, .nothing, .no), (.wantNoOpposite, .nothing, .yes),
            (.wantYes, .nothing, .yes), (.wantYesOpposite, .deny, .wantNo),
        ] as [Row]) func affirmedAndWilling(row: Row)
    {
        var state = row.0
        let answer = state.receiveAffirmation(willing: true)
        #expect(answer == row.1)
        #expect(state == row.2)
    }

    @Test(
        arguments: [
            (.no, .deny, .no), (.yes, .nothing, .yes), (.wantNo, .nothing, .no), (.wantNoOpposite, .nothing, .yes),
            (.wantYes, .nothing, .yes), (.wantYesOpposite, .deny, .wantNo),
        ] as [Row]) func affirmedAndUnwilling(row: Row)
    {
        var state = row.0
        let answer = state.receiveAffirmation(willing: false)
        #expect(answer == row.1)
        #expect(state == row.2)
    }

    @Test(
        arguments: [
            (.no, .nothing, .no), (.yes, .deny, .no), (.wantNo, .nothing, .no), (.wantNoOpposite, .affirm, .wantYes),
            (.wantYes, .nothing, .no), (.wantYesOpposite, .nothing, .no),
        ] as [Row]) func denied(row: Row)
    {
        var state = row.0
        let answer = state.receiveDenial()
        #expect(answer == row.1)
        #expect(state == row.2)
    }

    @Test(
        arguments: [
            (.no, .affirm, .wantYes), (.yes, .nothing, .yes), (.wantNo, .nothing, .wantNoOpposite),
            (.wantNoOpposite, .nothing, .wantNoOpposite), (.wantYes, .nothing, .wantYes),
            (.wantYesOpposite, .nothing, .wantYes),
        ] as [Row]) func wanted(row: Row)
    {
        var state = row.0
        let answer = state.requestEnable()
        #expect(answer == row.1)
        #expect(state == row.2)
    }

    @Test(
        arguments: [
            (.no, .nothing, .no), (.yes, .deny, .wantNo), (.wantNo, .nothing, .wantNo),
            (.wantNoOpposite, .nothing, .wantNo),
            (.wantYes, .nothing, .wantYesOpposite), (.wantYesOpposite, .nothing, .wantYesOpposite),
        ] as [Row]) func unwanted(row: Row)
    {
        var state = row.0
        let answer = state.requestDisable()
        #expect(answer == row.1)
        #expect(state == row.2)
    }

    /// RFC 1143 §5: two ends that change their minds at any time agree in the end, in few words.
    @Test func twoEndsThatChangeTheirMindsAgree() {
        for wishes in 0..<64 {
            var near = TelnetOptionState.no
            var far = TelnetOptionState.no
            var toFar: [TelnetOptionState.Answer] = []
            var toNear: [TelnetOptionState.Answer] = []
            for bit in 0..<6 {
                let answer = wishes >> bit & 1 == 1 ? near.requestEnable() : near.requestDisable()
                if answer != .nothing { toFar.append(answer) }
            }
            var words = 0
            while !toFar.isEmpty || !toNear.isEmpty {
                words += 1
                guard words < 50 else { break }
                if let word = toFar.first {
                    toFar.removeFirst()
                    let answer = word == .affirm ? far.receiveAffirmation(willing: true) : far.receiveDenial()
                    if answer != .nothing { toNear.append(answer) }
                }
                if let word = toNear.first {
                    toNear.removeFirst()
                    let answer = word == .affirm ? near.receiveAffirmation(willing: true) : near.receiveDenial()
                    if answer != .nothing { toFar.append(answer) }
                }
            }
            let last = wishes >> 5 & 1 == 1
            #expect(near == far && near == (last ? .yes : .no), "wishes \(wishes)")
            #expect(words <= 8)
        }
    }
}
