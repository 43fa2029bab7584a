import Basics
import CredentialCore
import WorldLanguage
import WorldModel

/// What a player wants of the certificates of their account, in play; ``Session/KeyChange`` has what follows.
extension Session {
    func fulfil(certificates wish: CredentialWish, _ persona: Thing) {
        switch wish {
        case .list: listCertificates(persona)
        case .add(let text): beginAddingCertificate(text, persona)
        case .remove(let word): beginRemovingCertificate(word, persona)
        }
    }

    private func listCertificates(_ persona: Thing) {
        guard let account = game.world.thing(persona, .account) else { return }
        let certificates = game.certificates(of: account)
        if certificates.isEmpty {
            return say("No certificate lets you in. \(command: "help certificate") tells how to come in with one.")
        }
        var text = text("\(phrase: "Your certificates", .title)")
        for (index, certificate) in certificates.enumerated() {
            text.append("\n\(index + 1). \(certificate.name)\n   ")
            text.append(certificate.fingerprint, .faint)
            text.append("\n   ")
            text.append(self.text(told(of: certificate.added, certificate.lastUsed)))
        }
        show(text)
    }

    /// When something was added, and when it was used last.
    func told(of added: WallInstant, _ used: WallInstant?) -> Sentence {
        let now = game.wallTime()
        func told(_ instant: WallInstant) -> Sentence { max(.zero, instant.duration(to: now)).told }
        return used.map { "added \(told(added)) ago, last used \(told($0)) ago" }
            ?? "added \(told(added)) ago, never used"
    }

    /// Begins to add one, by the fingerprint and a name behind it, or else that of the connection.
    private func beginAddingCertificate(_ text: String, _ persona: Thing) {
        guard let account = accountForKeys(persona) else { return }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        let typed = words.first.flatMap { AccountCertificate.fingerprint($0) }
        // What is no fingerprint is what the one of the connection shall be called.
        let wanted = typed == nil ? text : words.dropFirst().first ?? ""
        guard let fingerprint = typed ?? door.certificateFingerprint else {
            return say(
                """
                You did not come in with a certificate here. Come in with it, or type its SHA-256 fingerprint behind that: 64 \
                hexadecimal digits.
                """, .warning)
        }
        let certificates = game.certificates(of: account)
        if let same = certificates.first(where: { $0.fingerprint == fingerprint }) {
            return say("You have that certificate already; it is called \(plain: same.name).")
        }
        if certificates.count >= AccountCertificate.most {
            return say("You have \(plain: String(AccountCertificate.most)) certificates, which is the most.", .warning)
        }
        let name = certificates.freeName(wanted.cleaned.trimmed, stem: "certificate")
        enter(
            .changingKeys(
                persona, .addCertificate(AccountCertificate(fingerprint, name: name, added: game.wallTime())), .password
            ))
    }

    private func beginRemovingCertificate(_ word: String, _ persona: Thing) {
        guard let account = accountForKeys(persona) else { return }
        let certificates = game.certificates(of: account)
        guard let place = certificates.place(of: word) else {
            return say(
                "You have no certificate called \"\(plain: word)\". Type \(command: "certificate") to see them.",
                .warning)
        }
        enter(.changingKeys(persona, .removeCertificate(certificates[place]), .password))
    }

    /// Adds one, after all that had to be shown was shown.
    func add(_ certificate: AccountCertificate, to account: Thing, _ persona: Thing) {
        var certificates = game.certificates(of: account)
        // At another connection there may be more by now.
        if certificates.count >= AccountCertificate.most
            || certificates.contains(where: { $0.fingerprint == certificate.fingerprint || $0.name == certificate.name }
            )
        {
            return say(
                "Your certificates were changed at another connection meanwhile; please look at them and try again.")
        }
        certificates.append(certificate)
        guard keep(certificates, account) else { return }
        audit("\(certificate.means) (\(certificate.name)) added", persona)
        say(
            """
            The certificate \(plain: certificate.name) lets you in from now on, without your password, by SASL EXTERNAL. Its \
            fingerprint is \(plain: certificate.fingerprint).
            """)
        tellOtherDoors(
            of: persona, "A certificate was added to your account at another connection of yours: \(place).")
    }

    func remove(_ certificate: AccountCertificate, from account: Thing, _ persona: Thing) {
        var certificates = game.certificates(of: account)
        certificates.removeAll { $0.fingerprint == certificate.fingerprint }
        guard keep(certificates, account) else { return }
        audit("\(certificate.means) (\(certificate.name)) removed", persona)
        say("The certificate \(plain: certificate.name) lets nobody in any more. Other connections made with it end.")
        game.whenDurable(game.world.sequence) { [self] in
            game.expel(certificate, of: account, sparing: self)
        }
    }

    private func keep(_ certificates: [AccountCertificate], _ account: Thing) -> Bool {
        if game.store(certificates, in: account) { return true }
        say("Your certificates cannot be kept just now; they are as they were.", .warning)
        return false
    }
}
