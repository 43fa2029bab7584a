/// What a file is by the ending of its name.
///
/// - Source: IANA's registry of media types; those that people put on a page of their own.
package enum MediaTypes {
    /// What is in a file of which the name says nothing.
    package static let unknown = "application/octet-stream"

    private static let byEnding: [String: String] = [
        "html": "text/html", "htm": "text/html", "css": "text/css", "js": "text/javascript", "txt": "text/plain",
        "md": "text/markdown", "json": "application/json", "xml": "application/xml", "pdf": "application/pdf",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "svg": "image/svg+xml", "ico": "image/vnd.microsoft.icon", "mp3": "audio/mpeg", "ogg": "audio/ogg",
        "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm", "woff2": "font/woff2",
    ]

    /// The media type of a file of that name.
    package static func type(ofName name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return unknown }
        return byEnding[name[name.index(after: dot)...].lowercased()] ?? unknown
    }
}
