import COpenSSL

/// The BIO through which OpenSSL takes an engine's input and gives its output, without memory of its own.
enum EngineChannel {
    /// Made once and never changed or freed, so all threads may use it.
    nonisolated(unsafe) private static let method = unsafe makeMethod()

    /// Makes a BIO for an engine, which must live longer.
    static func make(for engine: TLSEngine) -> OpaquePointer? {
        guard let bio = unsafe BIO_new(method) else { return nil }
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(engine).toOpaque())
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }

    private static func makeMethod() -> OpaquePointer? {
        let method = unsafe BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "reactor")
        unsafe BIO_meth_set_read(method) { bio, buffer, count in
            guard let engine = unsafe EngineChannel.engine(of: bio) else { return -1 }
            unsafe copenssl_clear_retry(bio)
            let taken = unsafe engine.takeInput(into: buffer, atMost: Int(count))
            if taken > 0 { return Int32(taken) }
            unsafe copenssl_retry_read(bio)
            return -1
        }
        unsafe BIO_meth_set_write(method) { bio, buffer, count in
            guard let engine = unsafe EngineChannel.engine(of: bio) else { return -1 }
            unsafe engine.addOutput(UnsafeRawBufferPointer(start: buffer, count: Int(max(0, count))))
            return count
        }
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in command == BIO_CTRL_FLUSH ? 1 : 0 }
        return unsafe method
    }

    private static func engine(of bio: OpaquePointer?) -> TLSEngine? {
        guard let data = unsafe BIO_get_data(bio) else { return nil }
        return unsafe Unmanaged<TLSEngine>.fromOpaque(data).takeUnretainedValue()
    }
}
