import SSHKeys

/// What a client answers to one round of questions.
///
/// ```text
///   61 │ uint32 n │ n × string answer
/// ```
///
/// - Source: RFC 4256 section 3.4.
struct SSHLoginAnswers: Hashable, Sendable {
    /// As many as there were questions, in their order.
    var answers: [String]

    init(_ answers: [String]) { self.answers = answers }

    /// Reads it behind its number.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        let count = try reader.uint32()
        if count > UInt32(SSHLoginLimits.questions) { throw .tooLong }
        answers = []
        for _ in 0..<count { answers.append(try reader.text(limit: SSHLoginLimits.secret)) }
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginMethodResponse)
        writer.uint32(UInt32(clamping: answers.count))
        for answer in answers { writer.string(answer) }
        return writer.octets
    }
}
