package import WorldModel

/// That somebody was asked to join a channel: what a turn tells programs of it beside the sentence.
package struct Invitation {
    package let person: Thing
    package let channel: Thing
    package let inviter: Thing
}
