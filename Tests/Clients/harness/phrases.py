"""The words of the test world, and the sentences by which the game says that something was done."""

import re

ROOMS = ("hall", "gallery", "shed", "garden")
TITLES = {"Great Hall": "hall", "Long Gallery": "gallery", "Tool Shed": "shed", "Walled Garden": "garden"}
WAYS = {
    "hall": {"east": "gallery", "north": "garden"}, "gallery": {"west": "hall", "north": "shed"},
    "shed": {"south": "gallery", "west": "garden"}, "garden": {"south": "hall", "east": "shed"},
}
# The way from a room to the next around the ring.
AROUND = {"hall": "east", "gallery": "north", "shed": "west", "garden": "south"}

CHEST = "chest"
BAGS = ("bag", "basket")
CLOTHES = ("cloak", "hat", "ring")
SMALL = ("lamp", "coin", "mirror", "hammer", "candle", "rope", "apple", "feather")
PORTABLE = SMALL + CLOTHES + BAGS

NAMES = ("Ada", "Ben", "Cleo", "Dora")

THING = re.compile(rf"\b({'|'.join(PORTABLE)})\b")
TITLE = re.compile(rf"^\W*({'|'.join(TITLES)})\b", re.MULTILINE)


def things_in(text):
    """The portable things named in a text, in order, each as often as it is named."""
    return THING.findall(text)


def room_in(text):
    """The room whose title stands last in a text, or None."""
    titles = TITLE.findall(text)
    return TITLES[titles[-1]] if titles else None


def inventory_in(text):
    """What an inventory says: the things held and the things worn."""
    worn = ""
    match = re.search(r"You wear\b[^.]*\.", text)
    if match:
        worn = match[0]
        text = text.replace(worn, "")
    return things_in(text), things_in(worn)


# What the one who does it reads when it is done; {thing} and {other} are words.
DONE = {
    # The group is where it came from, unless it lay there.
    "take": "You take the {thing}(?: out of the (\\w+))?\\.",
    "drop": "You drop the {thing}\\.",
    "put": "You put the {thing} in the {other}\\.",
    "give": "You give the {thing} to {other}\\.",
    "wear": "You put on the {thing}\\.",
    "remove": "You take off the {thing}\\.",
    "open": "You open the {thing}\\.",
    "close": "You close the {thing}\\.",
    "describe": "Others see you now as: a figure of shape {thing}",
}

# What the others in the room read.
SEEN = {
    "take": "{who} takes the {thing}\\b",
    "drop": "{who} drops the {thing}\\.",
    "put": "{who} puts the {thing} in the",
    "give": "{who} gives the {thing} to",
}


def done(verb, thing="", other=""):
    return re.compile(DONE[verb].format(thing=thing, other=other).replace(" ", r"\s+"))


def sightings(text):
    """Every (who, verb, thing) that an observer read."""
    for verb, sentence in SEEN.items():
        pattern = sentence.format(who=f"({'|'.join(NAMES)})", thing=f"({'|'.join(PORTABLE)})").replace(" ", r"\s+")
        for match in re.finditer(pattern, text):
            yield match[1], verb, match[2]
