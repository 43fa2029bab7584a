import Basics
import GatewayCore

/// The keys of accounts.
extension GameAuthority {
    func keys(ofAccount name: String) throws(AdminFailure) -> AdminKeys {
        do throws(GameFailure) {
            let keys = try game.keys(ofAccount: name).map { key in
                AdminKeys.Key(
                    name: key.name, fingerprint: key.fingerprint, line: key.line, added: key.added.description,
                    lastUsed: key.lastUsed?.description)
            }
            return AdminKeys(account: properName(name), keys: keys)
        } catch {
            throw AdminFailure(error)
        }
    }

    func addKey(_ line: String, to name: String, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure) {
        do throws(GameFailure) {
            let (key, sequence) = try game.addKey(line, to: name)
            let message = "\(properName(name)) has the key \(key.name), \(key.fingerprint)."
            game.whenDurable(sequence) { answer(.done(AdminDone(message))) }
        } catch {
            throw AdminFailure(error)
        }
    }

    func removeKey(_ word: String, from name: String, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure) {
        do throws(GameFailure) {
            let (key, sequence) = try game.removeKey(word, from: name)
            let message = "\(properName(name)) has the key \(key.name), \(key.fingerprint), no longer."
            game.whenDurable(sequence) { answer(.done(AdminDone(message))) }
        } catch {
            throw AdminFailure(error)
        }
    }

    func revoke(_ name: String, _ answer: @escaping (AdminAnswer) -> Void) throws(AdminFailure) {
        do throws(GameFailure) {
            let (count, sequence) = try game.revokeCredentials(of: name)
            let ways = count == 1 ? "1 other way is" : "\(count) other ways are"
            let message = "\(properName(name)) comes in by the password alone: \(ways) taken away."
            game.whenDurable(sequence) { answer(.done(AdminDone(message))) }
        } catch {
            throw AdminFailure(error)
        }
    }
}
