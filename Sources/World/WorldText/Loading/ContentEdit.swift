import WorldLanguage
package import WorldModel

/// What came of a file of the world that somebody wrote, and in which nothing is wrong.
package enum ContentEditOutcome {
    case loaded(LoadSummary)
    /// It names something that another file has and the world has not: that file was changed and not loaded.
    case unloaded(Reference)
    /// It would do something to a thing that its writer may not do.
    case denied(Denial)
    /// It would make something that its writer may not make: verbs, which are for programmers.
    case tooHigh(Role)
}

/// Loads one file of the world in the name of somebody who builds.
///
/// They may change with a file what they may change in play, thing by thing: so the same permissions, owners and locks hold
/// for both ways.
package enum ContentEdit {
    /// Loads what one file says inside the open turn, if all that it changes is its writer's to change.
    ///
    /// - Parameters:
    ///   - content: All files, without an error.
    ///   - file: The path of the file's source.
    ///   - actor: Who wrote it.
    ///   - role: What their account may do.
    ///   - world: The world.
    /// - Returns: What changed, or why nothing has.
    /// - Complexity: O(*n*) in what the file declares, and in the ways of the world.
    package static func load(
        _ content: WorldContent, of file: String, by actor: Thing, role: Role, into world: World
    ) -> ContentEditOutcome {
        if let missing = unloadedReference(content, file, world) { return .unloaded(missing) }
        let known = world.changes.count
        // What is allowed depends on how things are before, so it is only tried first.
        let changes = world.rehearse {
            _ = ContentLoader.load(content, of: file, into: world)
            return Array(world.changes.dropFirst(known))
        }
        return objection(to: changes, by: actor, role, world)
            ?? .loaded(ContentLoader.load(content, of: file, into: world))
    }

    private static func unloadedReference(_ content: WorldContent, _ file: String, _ world: World) -> Reference? {
        let all = Array(content.declarations.values) + content.exits
        for declaration in all where declaration.position.file == file {
            var named = Array(declaration.references.values)
            if let location = declaration.location { named.append(location) }
            for reference in named where world.thing(forContentKey: reference.key) == nil {
                guard let other = content[reference.key], other.position.file != file else { continue }
                return reference
            }
        }
        if content.isOfWorld(file), let start = content.startPlace, world.thing(forContentKey: start.key) == nil {
            return start
        }
        return nil
    }

    private static func objection(
        to changes: [Change], by actor: Thing, _ role: Role, _ world: World
    ) -> ContentEditOutcome? {
        var checked: Set<Check> = []
        // What ends loses all it had first; only that it ends counts.
        var ended: Set<ThingID> = []
        for case .destroy(let id) in changes { ended.insert(id) }
        for change in changes {
            let check: Check
            switch change {
            case .create(let id): check = Check(id: id, deed: .edit)
            case .destroy(let id): check = Check(id: id, deed: .destroy)
            case .set(let id, _, _) where ended.contains(id): continue
            case .set(let id, let name, _): check = Check(id: id, deed: deed(name))
            }
            if !checked.insert(check).inserted { continue }
            guard let thing = world[check.id] else {
                // A thing that is new is its maker's, as far as their role lets them make such things.
                let least = check.deed == .program ? check.deed.defaultRole : .builder
                if role < least { return .tooHigh(least) }
                continue
            }
            let verdict = Permission.verdict(of: actor, role: role, deed: check.deed, on: thing, in: world)
            if case .refused(let denial) = verdict { return .denied(denial) }
        }
        return nil
    }

    private struct Check: Hashable {
        let id: ThingID
        let deed: Deed
    }

    /// What a change of a property is, by its stored name.
    private static func deed(_ name: String) -> Deed {
        switch CoreProperty.allCases.first(where: { "\($0)" == name }) {
        case .locks, .owner: .own
        case .verbs: .program
        case .name, .article, .plural, .nouns, .adjectives, .description, .descriptions, .details, .initial, .readable,
            .pronouns, .rewritten, .passageText, .otherNames:
            .describe
        default: .edit
        }
    }
}
