import SSHKeys

/// What a server asks in one round of `keyboard-interactive`.
///
/// ```text
///   60 │ string name │ string instruction │ string language │ uint32 n │ n × (string question │ boolean shown)
/// ```
///
/// No questions at all are a text that the client shows, and answers at once.
///
/// - Limits: ``SSHLoginLimits/questions`` of ``SSHLoginLimits/question`` octets each.
/// - Source: RFC 4256 section 3.2.
public struct SSHLoginQuestions: Hashable, Sendable {
    /// One question.
    public struct Question: Hashable, Sendable {
        /// The question as it is shown, such as `Password: `.
        public var text: String
        /// Whether the answer may be seen while it is typed.
        public var isShown: Bool

        /// Puts a question together.
        public init(_ text: String, isShown: Bool) {
            self.text = text
            self.isShown = isShown
        }
    }

    /// What it is about; may be empty.
    public var name: String
    /// What is said before the questions; may be empty, and may have several lines.
    public var instruction: String
    /// The questions, in order.
    public var questions: [Question]

    /// Puts a round together.
    public init(name: String = "", instruction: String = "", _ questions: [Question]) {
        self.name = name
        self.instruction = instruction
        self.questions = questions
    }

    /// Reads a round behind its number; what is no UTF-8 is repaired, because it is only shown.
    init(_ reader: inout SSHReader) throws(SSHDataFailure) {
        name = String(decoding: try reader.string(limit: SSHLoginLimits.question), as: UTF8.self)
        instruction = String(decoding: try reader.string(limit: SSHLoginLimits.text), as: UTF8.self)
        _ = try reader.string(limit: SSHLoginLimits.name)
        let count = try reader.uint32()
        if count > UInt32(SSHLoginLimits.questions) { throw .tooLong }
        questions = []
        for _ in 0..<count {
            let text = String(decoding: try reader.string(limit: SSHLoginLimits.question), as: UTF8.self)
            questions.append(Question(text, isShown: try reader.boolean()))
        }
        try reader.finish()
    }

    var encoded: [UInt8] {
        var writer = SSHWriter(message: SSHMessageNumber.loginMethodRequest)
        writer.string(name)
        writer.string(instruction)
        writer.string("")
        writer.uint32(UInt32(clamping: questions.count))
        for question in questions {
            writer.string(question.text)
            writer.boolean(question.isShown)
        }
        return writer.octets
    }
}
