"""A date in words or numbers, as people write it in their languages. Not for machines' forms: that is moments.py."""

import re
from datetime import date

# English, German, French, Spanish, Portuguese, Italian, Dutch, Nordic; then Polish, Czech, Russian, Ukrainian, Finnish,
# Turkish, Indonesian, Romanian, Hungarian, Greek, Arabic.
MONTHS = (
    r"jan(?:uary|uar[iy]?|vier|eiro)?|jän(?:ner)?|ene(?:ro)?|gen(?:naio)?|stycznia|ledna|январ[ья]|січня|tammikuuta|ocak|ianuarie|január|ιανουαρίου|يناير",
    r"feb(?:ruary|ruar[iy]?|rero|braio)?|févr?(?:ier)?|fev(?:ereiro)?|lutego|února|феврал[ья]|лютого|helmikuuta|şubat|pebruari|februarie|február|φεβρουαρίου|فبراير",
    r"mar(?:ch|s|zo|ço|t|ca|et)?|mär(?:z)?|maart|mrt|března|марта?|березня|maaliskuuta|martie|március|μαρτίου|مارس",
    r"apr(?:il|ile|ilie)?|avr(?:il)?|abr(?:il)?|kwietnia|dubna|апрел[ья]|квітня|huhtikuuta|nisan|április|απριλίου|أبريل|ابريل",
    r"may|mai|mayo|maio|mei|maj|maja|mag(?:gio)?|května|ма[йя]|травня|toukokuuta|mayıs|május|μαΐου|مايو",
    r"june?|juni|juin|junio|junho|giu(?:gno)?|czerwca|června|июн[ья]|червня|kesäkuuta|haziran|iunie|június|ιουνίου|يونيو",
    r"july?|juli|juil(?:let)?|julio|julho|lug(?:lio)?|lipca|července|июл[ья]|липня|heinäkuuta|temmuz|iulie|július|ιουλίου|يوليو",
    r"aug(?:ust|usti|ustus)?|août|ago(?:sto)?|agustus|sierpnia|srpna|августа?|серпня|elokuuta|ağustos|augusztus|αυγούστου|أغسطس",
    r"sept?(?:ember|embre|tembre|tiembre|tembrie)?|set(?:embro|tembre|iembre)?|września|září|сентябр[ья]|вересня|syyskuuta|eylül|szeptember|σεπτεμβρίου|سبتمبر",
    r"oct(?:ober|obre|ubre|ombrie)?|okt(?:ober|óber)?|ott(?:obre)?|out(?:ubro)?|października|října|октябр[ья]|жовтня|lokakuuta|ekim|október|οκτωβρίου|أكتوبر",
    r"nov(?:ember|embre|iembre|embro)?|listopada?|listopadu|ноябр[ья]|листопада|marraskuuta|kasım|noiembrie|νοεμβρίου|نوفمبر",
    r"dec(?:ember|embrie)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|des(?:ember|embro)?|grudnia|prosince|декабр[ья]|грудня|joulukuuta|aralık|δεκεμβρίου|ديسمبر",
)  # fmt: skip
NAMES = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(MONTHS, start=1))
YEAR = r"(?:19|20)\d\d"
DAY_FIRST = re.compile(
    rf"(?<![\d.])(?P<day>\d\d?)(?:st|nd|rd|th|er|º|°|-го)?[\s.\-]*(?:de\s+|of\s+|a\s+)?(?:{NAMES})\b[.,\-\s]*(?:de\s+|del\s+)?(?P<year>{YEAR})\b",
    re.I,
)
MONTH_FIRST = re.compile(rf"(?<!\w)(?:{NAMES})\b\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?\b,?\s+(?P<year>{YEAR})\b", re.I)
YEAR_MONTH = re.compile(rf"\b(?P<year>{YEAR})[.,]?\s+(?:{NAMES})\b\.?\s+(?P<day>\d\d?)\b", re.I)
YEAR_FIRST = re.compile(rf"(?<!\d)(?P<year>{YEAR})\s?[-./年년]\s?(?P<month>\d\d?)\s?[-./月월]\s?(?P<day>\d\d?)(?!\d)")
DOTTED = re.compile(rf"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?(?P<year>{YEAR}|\d\d)(?![\d.]*\d)")
SLASHED = re.compile(rf"(?<![\d/])(?P<first>\d\d?)[/-](?P<second>\d\d?)[/-](?P<year>{YEAR})(?![\d/])")
# What says that a date is of a change.
LATER = re.compile(
    r"updat|modif|changed|aktualis|geändert|edited|stand:|mise? à jour|actualiz|atualiz|aggiorn|bijgewerkt|oppdater|"
    r"uppdater|opdater|päivitet|zaktualiz|güncel|обновл|оновл|更新|업데이트|수정",
    re.IGNORECASE,
)
IN_WORDS = (DAY_FIRST, MONTH_FIRST, YEAR_MONTH)
IN_NUMBERS = (YEAR_FIRST, DOTTED)


def date_in(text: str, *, language: str = "") -> date | None:
    """The first date of a text that names day, month and year.

    language: decides whether 03/04/2020 is in March, as Americans write it, or in April.
    """
    for pattern in IN_NUMBERS:
        found = pattern.search(text)
        if found:
            return valid(found["year"], int(found["month"]), found["day"])
    for pattern in IN_WORDS:
        found = pattern.search(text)
        if found:
            return valid(found["year"], next(n for n in range(1, 13) if found[f"m{n}"]), found["day"])
    found = SLASHED.search(text)
    return slashed(found, language) if found else None


def slashed(found: re.Match[str], language: str) -> date | None:
    first, second = int(found["first"]), int(found["second"])
    is_american = second > 12 or (first <= 12 and language.lower() in ("en", "en-us"))
    month, day = (first, second) if is_american else (second, first)
    return valid(found["year"], month, str(day))


def valid(year: str, month: int, day: str) -> date | None:
    """The date, if there is such a day. year: of two digits is one of this century."""
    try:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, int(day))
    except ValueError:
        return None
