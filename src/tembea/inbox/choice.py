"""Which option of a quote a customer's yes is for: by its number, in whichever language, or by its hotel's name."""

import re
from collections.abc import Sequence

from tembea.rates import fold

_MARK = (
    r"(?:option|opsie|keuse|optie|keuze|vorschlag|variante|angebot|proposition|choix|opcao|proposta|opzione|opcion"
    r"|propuesta|hotel|number|nummer|numero|no|nr)"
)
_NUMBERS = tuple(
    words.split()
    for words in (
        "1 a 1st one first een eerste eins erste ersten un une premier premiere um uma primeiro primeira uno prima"
        " primo primera primer",
        "2 b 2nd two second twee tweede zwei zweite zweiten deux deuxieme seconde dois duas segundo segunda due secondo"
        " seconda dos",
        "3 c 3rd three third drie derde drei dritte dritten trois troisieme tres terceiro terceira tre terzo terza"
        " tercera tercer",
        "4 d 4th four fourth vier vierde vierte vierten quatre quatrieme quatro quarto quarta quattro cuatro cuarta",
        "5 e 5th five fifth vyf vyfde vijf vijfde funf funfte funften cinq cinquieme cinco quinto quinta cinque",
    )
)
_POSITION = {word: position for position, words in enumerate(_NUMBERS) for word in words}
_WORD = "|".join(sorted(_POSITION, key=len, reverse=True))
_AFTER = re.compile(rf"\b{_MARK} (?:no |nr |n |number |nummer |numero )?({_WORD})\b")
_BEFORE = re.compile(rf"\b({'|'.join(sorted((w for w in _POSITION if len(w) > 2), key=len, reverse=True))}) {_MARK}\b")


def chosen_option(text: str, hotels: Sequence[str]) -> int | None:
    """The index in `hotels` of the one option that the words are about; None where they name none or several.

    A quote with one option needs no naming.
    """
    if len(hotels) == 1:
        return 0
    said = fold(text)
    named = {_POSITION[word] for pattern in (_AFTER, _BEFORE) for word in pattern.findall(said)}
    named |= {index for index, hotel in enumerate(hotels) if f" {fold(hotel)} " in f" {said} "}
    return named.pop() if len(named) == 1 and max(named) < len(hotels) else None
