"""Names of authors: cut out of what is printed around them, told from other words, people told from organisations."""

import re

from crawler.extract.bywords import BY_LABEL, BY_SHORT, SAYS_BY
from crawler.extract.wording import CJK, plain_line, squeezed

LEAD = re.compile(
    rf"^\W*(?:(?:{SAYS_BY}|from|foto|photos?|und interview)\b[\s:：/·]*|"
    rf"(?:{BY_LABEL})(?:\s*[:：/·＝]+\s*|\s+(?:{BY_SHORT})\s+)|"
    rf"(?:{BY_SHORT})(?:\s*[:：]\s*|\s+)|(?:autor(?:en|in)?|auteur|authors?|text)\s+)",
    re.IGNORECASE,
)
ONLY_BY = re.compile(rf"^\W*(?:{SAYS_BY}|{BY_LABEL}|{BY_SHORT})\W*$", re.IGNORECASE)
ALL_OF = re.compile(
    r"^\W*(?:(?:view|see|show|read|browse)?\s*(?:all|more|other)\s+(?:posts?|articles?|stories|about|from|of|by)*\s*"
    r"(?:by|of|from)?|read more about|more (?:about|by|from)|about|posts? by|articles? by|follow|meet|"
    r"(?:zeige )?alle (?:beiträge|artikel|posts) (?:von|anzeigen)|mehr (?:von|über)|weitere (?:artikel|beiträge) von|"
    r"über|beitrag von|(?:voir )?tous les articles (?:de|par)|ver todas las entradas de|más de|ver todos os posts de|"
    r"(?:photo|image|avatar|headshot|profile picture|profile photo) of|(?:bild|foto) von)\s+",
    re.IGNORECASE,
)
SAID = re.compile(
    r"[\s,:]+(?:says|said|sagte?|schreibt|schrieb|wrote|writes|meint|dit|dice|pisze|skriver|zegt|alle artikel\b.*|"
    r"all posts|alles von\b.*|kontakt|(?:view )?profile|see all\b.*|follow|read more|(?:read )?bio|contact|email|"
    r"기자|記者|记者|特派员|特派員)\W*$",
    re.IGNORECASE,
)
MONTH = (
    r"jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|s)?|märz|apr(?:il)?|may|mai|june?|juni?|july?|juli?|"
    r"aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?"
)
TRAILER = re.compile(
    r"\s*(?:[|•·»→∙]|\s[–—-]\s|\(|\[|"
    r"\b(?:published|(?:last )?updated|posted|on|am|vom|le|el|um|at|in)\b\s*:?\s*(?=.*\d)|"
    rf",?\s*\b(?:{MONTH})\b\.?,?\s+\d|,?\s*\d{{1,2}}[.:/ ]|\s\d{{1,2}}\s?(?:min|h|std|hours?|days?|tage)\b).*$",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*[;|]\s*|\s*/\s*|\s+(?:and|und|et|y|og|och|&|with|sowie)\s+|\s*、\s*")
ROLE = re.compile(
    r"\b(?:editor|reporter|writer|journalist|correspondent|contributor|columnist|author|analyst|engineer|developer|"
    r"scientist|professor|director|president|manager|founder|co-founder|consultant|specialist|expert|coach|fellow|"
    r"officer|chief|ceo|cto|cfo|cmo|vp|head of|senior|(?:chef)?redakteur(?:in)?|journalistin|korrespondent(?:in)?|"
    r"leiter(?:in)?|geschäftsführer(?:in)?|autorin|pressesprecher(?:in)?|rédact(?:eur|rice)|journaliste|periodista|"
    r"redactora?|giornalista|dziennikarz)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?\s?d|m\.?\s?a|m\.?\s?s(?:c)?|b\.?\s?a|b\.?\s?sc|mba|mph|dvm|vmd|dds|dmd|do|rn|rdn?|ldn|np|cpa|"
    r"cfp|cfa|jd|esq|llm|pharmd|psyd|edd|dpt|jr|sr|ii|iii)\.?",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:redaktion|redaktionsteam|redacción|redazione|rédaction|redactie|redakcja|redação|editors?|editorial|staff|"
    r"team|news|newsroom|newsdesk|desk|agency|agencies|agentur|agenturen|agencia|agence|red|associated press|reuters|"
    r"afp|dpa|apa|epd|kna|sid|ansa|efe|press|presse|prensa|media|magazine|magazin|zeitung|times|post|gmbh|inc|ltd|llc|"
    r"llp|ag|kg|corp|corporation|company|e\.\s?v|university|universität|université|universidad|institut|institute|"
    r"foundation|stiftung|fondation|fundación|verlag|group|gruppe|online|blog|tv|radio|contributors|correspondents|"
    r"board|association|society|department|departement|ministry|ministerium|bundesamt|verband|verein|feuerwehr|kreuz|"
    r"deutschland|austria|österreich|schweiz|centre|center|zentrum|council|committee|collectif|community|network|"
    r"netzwerk|solutions|services|software|systems|technologies|labs|studios?|clinic|klinik|dentistry|dental|insurance|"
    r"marketing|publisher|publishing|wire|gazette|herald|tribune|journal|daily|weekly|republic|república|family|tips|"
    r"guides?|shop|store|support|user|admin|webmaster|contributor|writers?|experts?)\b|"
    r"\.(?:com|org|net|de|co\.uk|fr|it|at|ch|eu|io|app|ai)\b|"
    r"(?:redaktion|zeitung|verlag|magazin|presse|stiftung|verband)$",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"^(?:[A-Z][A-Z&]{1,5}|[A-Z][a-z]?[A-Z]{1,3})$|^[BCDFGHJKLMNPQRSTVWXZ]{3,4}\s")
NO_NAME = frozenset(
    (
        "admin", "administrator", "root", "user", "superuser", "guest", "unknown", "anonymous", "none", "null",
        "author", "autor", "auteur", "editor", "webmaster", "gast", "wordpress", "default", "undefined", "by", "von",
        "unbenannt", "share", "facebook", "twitter", "kommentare", "comments", "name", "test", "na", "publisher",
        "follow", "following", "subscribe", "home", "last", "lastupdated", "published", "publishedon", "posted",
        "postedon", "postedby", "writtenby", "veröffentlicht", "datum", "date", "stand", "updated", "reviewedby",
        "editedby", "and", "und", "followtheauthor", "read", "readmore", "abouttheauthor", "überdenautor", "message",
        "contact", "kontakt", "advertisement", "beitrag", "post", "posts", "sponsored", "verified", "verifizierte",
        "teilen", "print", "drucken", "more", "mehr", "monday", "tuesday", "wednesday", "thursday", "friday",
        "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september",
        "october", "november", "december", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
        "nov", "dec",
    )
)  # fmt: skip
NO_NAME_WORD = re.compile(
    r"\b(?:updated|published|posted|veröffentlicht|aktualisiert|kommentare?|comments?|anzahl|subscribe|newsletter|"
    r"min read|reading time|lesezeit|cookies?|copyright|click|share|follow us|read more|weiterlesen|log ?in|register|"
    r"anmelden|sign (?:in|up)|publié|publicado|mis à jour|modifié|son güncelleme|photograph(?:y|er|s)?|foto|bild|getty|"
    r"shutterstock|you|your|this|diese[rsnm]?|wir|is|are|was|ist|sind|the latest|what|how|why)\b|"
    r"[!?=<>{}…]|https?:|\.\s\w+\s\w+\s\w+",
    re.IGNORECASE,
)
# A count, a licence, a number, a key of a template (page.head.author).
NO_NAME_SIGN = re.compile(r":\s*\d|^cc by|^\W*\d+\W*$|^[a-z]+(?:\.[a-z_]+){2,}$", re.IGNORECASE)
PARTICLES = frozenset(
    (
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le",
        "les", "el", "bin", "ibn", "al", "ter", "ten", "zu", "zur", "zum", "af", "av", "y", "e", "i", "st", "ap", "o",
    )
)  # fmt: skip
MAX_NAME, MOST_WORDS, MOST_DIGITS, LONGEST_CJK = 70, 7, 4, 8


def names_in(text: str) -> list[str]:
    """The single names of a by-line's text, cleaned; those that can be none are left out."""
    return [name for part in split_names(text) if is_name(name := clean_name(part))]


def split_names(text: str) -> list[str]:
    """Single names of a by-line. The "and" in an organisation's name divides nothing."""
    text = TRAILER.sub("", without_lead(plain_line(text)))
    parts = SPLIT.split(text)
    if len(parts) > 1 and is_organisation(text) and not any(is_personal(clean_name(part)) for part in parts):
        return [text]
    return [name for part in parts for name in split_at_commas(part)]


def split_at_commas(text: str) -> list[str]:
    """A comma divides names of two words or more; a degree behind one belongs to the name, a role is dropped."""
    parts = [part.strip() for part in re.split(r"[,，]", text) if part.strip()]
    people: list[str] = []
    for part in parts:
        if DEGREE.fullmatch(part) and people:
            people[-1] += f", {part}"
        elif not people or not ROLE.search(part):
            people.append(part)
    is_list = len(people) > 1 and all(2 <= len(p.split()) <= 6 or CJK.search(p) for p in people)
    return people if is_list or len(people) == 1 else [text]


def without_lead(text: str) -> str:
    """The text without "By" and the like, however many stand there."""
    text = text.strip(" ,:;|-–—•·*@\"'")
    for _ in range(3):
        shorter = LEAD.sub("", ALL_OF.sub("", text))
        if shorter == text:
            break
        text = shorter
    return text


def clean_name(name: str) -> str:
    """One name without what stands before and behind it."""
    name = TRAILER.sub("", without_lead(plain_line(name)))
    return SAID.sub("", name).strip(" ,:;|-–—•·*~→\"'/)")


def is_name(name: str) -> bool:
    """Whether a text can be a name: letters, short, no address, no placeholder."""
    if not 2 <= len(name) <= MAX_NAME or "@" in name or "://" in name or name.lower().startswith("www."):
        return False
    if squeezed(name) in NO_NAME or len(name.split()) > MOST_WORDS or sum(c.isdigit() for c in name) > MOST_DIGITS:
        return False
    if NO_NAME_SIGN.search(name) or (ONLY_BY.search(name) and not is_organisation(name)):
        return False
    return any(c.isalpha() for c in name) and (len(name) > 2 or bool(CJK.search(name)))


def is_personal(name: str) -> bool:
    """Whether a text looks like a person's whole name: capitalised words, particles between them, no other words."""
    words = name.split()
    if not is_name(name) or NO_NAME_WORD.search(name) or any(c.isdigit() for c in name) or len(words) > 5:
        return False
    if CJK.search(name):
        return not CJK.sub("", name).strip(" ·・") and len(name) <= LONGEST_CJK
    is_capital = [word.strip("'’")[:1].isupper() for word in words]
    known = (capital or word in PARTICLES for word, capital in zip(words, is_capital, strict=True))
    return len(words) > 1 and all(known) and is_capital[-1]


def is_organisation(name: str) -> bool:
    """Whether a name's words are an organisation's."""
    return bool(ORGANISATION.search(name) or ACRONYM.search(name))
