"""Puts typing errors into a message, as thumbs on a phone do."""

import random

WORDS_PER_ERROR = 5
FEWEST_LETTERS = 3  # An error in a shorter word makes another word of it.
KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def with_typing_errors(text: str, *, seed: int) -> str:
    """The text with an error in one of each five words; in one of the last words too, when fewer are left.

    Words with fewer than three letters from A to Z are spared. The same text and seed give the same errors.
    """
    chance = random.Random(f"{seed} {text}")
    words = text.split()
    gaps = [" " if after else "" for after in reversed(range(len(words)))]
    for start in range(0, len(words), WORDS_PER_ERROR):
        places = range(start, min(start + WORDS_PER_ERROR, len(words)))
        long_enough = [place for place in places if len(_letters(words[place])) >= FEWEST_LETTERS]
        if not long_enough:
            continue
        place = chance.choice(long_enough)
        error = chance.choice([_neighbour, _dropped, _doubled, _swapped, None])
        if error is None and gaps[place]:
            gaps[place] = ""  # The space is missing.
        else:
            words[place] = (error or _dropped)(words[place], chance)
    return "".join(word + gap for word, gap in zip(words, gaps, strict=True))


def _neighbour(word: str, chance: random.Random) -> str:
    """With the key beside the right one pressed."""
    place = chance.choice(_letters(word))
    row = next(row for row in KEY_ROWS if word[place].lower() in row)
    key = row.index(word[place].lower())
    typed = chance.choice(row[max(key - 1, 0) : key] + row[key + 1 : key + 2])
    return word[:place] + (typed.upper() if word[place].isupper() else typed) + word[place + 1 :]


def _dropped(word: str, chance: random.Random) -> str:
    place = chance.choice(_letters(word))
    return word[:place] + word[place + 1 :]


def _doubled(word: str, chance: random.Random) -> str:
    place = chance.choice(_letters(word))
    return word[:place] + word[place] + word[place:]


def _swapped(word: str, chance: random.Random) -> str:
    """With two different letters side by side exchanged; dropped is one when there are none."""
    letters = _letters(word)
    places = [place for place in letters if place + 1 in letters and word[place] != word[place + 1]]
    if not places:
        return _dropped(word, chance)
    place = chance.choice(places)
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _letters(word: str) -> list[int]:
    """Where the letters stand that a QWERTY keyboard has."""
    return [place for place, letter in enumerate(word) if letter.isascii() and letter.isalpha()]
