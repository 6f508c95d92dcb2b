"""Names of authors: cut out of what is printed around them, told from other words, people told from organisations."""

import re

from crawler.extract.wording import CJK, plain_line, squeezed

# What stands before a name in a by-line. The long ones are by-lines wherever they stand; the short ones need more.
SAYS_BY = (
    r"(?:written|posted|published|reported|reviewed|created|submitted|added|words|story|text|article|analysis|opinion|column|"
    r"essay|interview|recipe|guest post|edited|compiled)(?: on .{6,30}?)? by|"
    r"(?:(?:veröffentlicht|geschrieben|verfasst|erstellt|eingestellt|gepostet|text|artikel|beitrag|gastbeitrag|kommentar|"
    r"kolumne|interview|rezept|ein \w+|eine \w+|redaktion)(?: am .{6,30}?)? vo[nm])|"
    r"(?:écrit|publié|rédigé|posté|proposé|texte|article)(?: le .{6,30}?)? par|(?:escrito|publicado|redactado|texto|artículo|"
    r"artigo)(?: el .{6,30}?| em .{6,30}?)? por|(?:scritto|pubblicato|testo|articolo)(?: il .{6,30}?)? da|a cura di|"
    r"(?:geschreven|geplaatst|gepubliceerd|tekst)(?: op .{6,30}?)? door|(?:skriven|publicerad|skrevet|skrivet) a[vf]"
)
BY_LABEL = (
    r"authors?|autor(?:en|in|innen|es|a|as|e)?|auteure?s?|autore|autrice|autori|verfasser(?:in)?|redakteur(?:in)?|redaktion|redacteur|"
    r"skribent|forfatter|författare|kirjoittaja|szerző|yazar|yazan|penulis|tác giả|автор(?:ы|и)?|текст|συντάκτης|"
    r"texte?|texto|testo|tekst|teksti|text und fotos?|words|writer|reporter|interview|"
    r"作者|作者|记者|記者|撰文|文字|文|著者|執筆|筆者|取材・文|ライター|글|기자"
)
BY_SHORT = r"by|von|vom|par|por|di|door|av|af|oleh|från|przez|от|fra|írta"
LEAD = re.compile(
    rf"^\W*(?:(?:{SAYS_BY}|from|foto|photos?|und interview)\b[\s:：/·]*|(?:{BY_LABEL})(?:\s*[:：/·]+\s*|\s+(?:{BY_SHORT})\s+)|"
    rf"(?:{BY_SHORT})(?:\s*[:：]\s*|\s+)|(?:autor(?:en|in)?|auteur|authors?|text)\s+)",
    re.IGNORECASE,
)
ALL_OF = re.compile(
    r"^\W*(?:(?:view|see|show|read|browse)?\s*(?:all|more|other)\s+(?:posts?|articles?|stories|about|from|of|by)*\s*(?:by|of|from)?|read more about|"
    r"more (?:about|by|from)|about|posts? by|articles? by|follow|meet|"
    r"(?:zeige )?alle (?:beiträge|artikel|posts) (?:von|anzeigen)|mehr (?:von|über)|weitere (?:artikel|beiträge) von|über|beitrag von|"
    r"voir tous les articles (?:de|par)|tous les articles (?:de|par)|ver todas las entradas de|más de|ver todos os posts de|"
    r"photo of|image of|avatar of|profile (?:picture|photo) of|bild von|foto von|headshot of)\s+",
    re.IGNORECASE,
)
SAID = re.compile(
    r"[\s,:]+(?:says|said|sagt|sagte|schreibt|schrieb|wrote|writes|meint|dit|dice|pisze|skriver|zegt|alle artikel\b.*|all posts|alles von\b.*|"
    r"kontakt|view profile|see all\b.*|profile|follow|read more|read bio|bio|contact|email|기자|記者|记者|特派员|特派員)\W*$",
    re.IGNORECASE,
)
MONTH = (
    r"jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch|s)?|märz|apr(?:il)?|may|mai|june?|juni?|july?|juli?|aug(?:ust)?|sep(?:t(?:ember)?)?|"
    r"oct(?:ober)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?|dez(?:ember)?"
)
TRAILER = re.compile(
    r"\s*(?:[|•·»→∙]|\s[–—-]\s|\(|\[|\b(?:published|updated|posted|last updated|on|am|vom|le|el|um|at|in)\b\s*:?\s*(?=.*\d)|"
    rf",?\s*\b(?:{MONTH})\b\.?,?\s+\d|,?\s*\d{{1,2}}[.:/ ]|\s\d{{1,2}}\s?(?:min|h|std|hours?|days?|tage)\b).*$",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*[;|]\s*|\s*/\s*|\s+(?:and|und|et|y|og|och|&|with|sowie)\s+|\s*、\s*")
ROLE = re.compile(
    r"\b(?:editor|reporter|writer|journalist|correspondent|contributor|columnist|author|analyst|engineer|developer|scientist|"
    r"professor|director|president|manager|founder|co-founder|consultant|specialist|expert|coach|fellow|officer|chief|"
    r"ceo|cto|cfo|cmo|vp|head of|senior|redakteur(?:in)?|chefredakteur(?:in)?|"
    r"journalistin?|korrespondent(?:in)?|leiter(?:in)?|geschäftsführer(?:in)?|autorin|pressesprecher(?:in)?|"
    r"rédact(?:eur|rice)|journaliste|periodista|redactora?|giornalista|dziennikarz)\b",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?\s?d|m\.?\s?a|m\.?\s?s(?:c)?|b\.?\s?a|b\.?\s?sc|mba|mph|dvm|vmd|dds|dmd|do|rn|rdn?|ldn|np|cpa|cfp|cfa|jd|esq|llm|"
    r"pharmd|psyd|edd|dpt|ms|jr|sr|ii|iii)\.?",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:redaktion|redaktionsteam|redacción|redazione|rédaction|redactie|redakcja|redação|editors?|editorial|staff|team|news|newsroom|"
    r"newsdesk|desk|agency|agencies|agentur|agenturen|agencia|agence|red|associated press|reuters|afp|dpa|apa|epd|kna|sid|ansa|efe|"
    r"press|presse|prensa|media|magazine|magazin|zeitung|times|post|gmbh|inc|ltd|llc|llp|ag|kg|corp|corporation|company|e\.\s?v|"
    r"university|universität|université|universidad|institut|institute|foundation|stiftung|fondation|fundación|verlag|group|gruppe|"
    r"online|blog|tv|radio|contributors|correspondents|board|association|society|department|departement|ministry|ministerium|"
    r"bundesamt|verband|verein|feuerwehr|kreuz|deutschland|austria|österreich|schweiz|centre|center|zentrum|council|"
    r"committee|collectif|community|network|netzwerk|solutions|services|software|systems|technologies|labs|studios?|clinic|klinik|"
    r"dentistry|dental|insurance|marketing|publisher|publishing|wire|gazette|herald|tribune|journal|daily|weekly|republic|"
    r"república|family|tips|guides?|shop|store|support|user|admin|webmaster|contributor|writers?|experts?)\b|"
    r"\.(?:com|org|net|de|co\.uk|fr|it|at|ch|eu|io|app|ai)\b|(?:redaktion|zeitung|verlag|magazin|presse|stiftung|verband)$",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"^(?:[A-Z][A-Z&]{1,5}|[A-Z][a-z]?[A-Z]{1,3})$|^[BCDFGHJKLMNPQRSTVWXZ]{3,4}\s")
NO_NAME = frozenset(
    (
        "admin", "administrator", "root", "user", "superuser", "guest", "unknown", "anonymous", "none", "null", "author",
        "autor", "auteur", "editor", "webmaster", "gast", "wordpress", "default", "undefined", "by", "von", "unbenannt",
        "share", "facebook", "twitter", "kommentare", "comments", "name", "test", "na", "publisher", "follow",
        "following", "subscribe", "home", "last", "last updated", "published", "publishedon", "posted", "postedon", "postedby",
        "writtenby", "veröffentlicht", "datum", "date", "stand", "last", "updated", "reviewedby", "editedby", "and", "und",
        "followtheauthor", "read", "readmore", "abouttheauthor", "überdenautor", "message", "contact", "kontakt",
        "advertisement", "beitrag", "post", "posts", "sponsored", "verified", "verifizierte", "teilen", "share", "print", "drucken", "more", "mehr",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr",
        "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    )
)  # fmt: skip
NO_NAME_WORD = re.compile(
    r"\b(?:updated|published|posted|veröffentlicht|aktualisiert|kommentare?|comments?|anzahl|subscribe|newsletter|min read|reading time|"
    r"lesezeit|cookies?|copyright|click|share|follow us|read more|weiterlesen|login|sign (?:in|up)|publié|publicado|mis à jour|modifié|"
    r"photograph(?:y|er|s)?|foto|bild|getty|shutterstock|you|your|this|diese[rsnm]?|wir|is|are|was|ist|sind|the latest|what|how|why|log ?in|register|anmelden|son güncelleme)\b|[!?=<>{}…]|https?:|\.\s\w+\s\w+\s\w+",
    re.IGNORECASE,
)
ONLY_BY = re.compile(rf"^\W*(?:{SAYS_BY}|{BY_LABEL}|{BY_SHORT})\W*$", re.IGNORECASE)
NO_NAME_SIGN = re.compile(r":\s*\d|^cc by|^\W*\d+\W*$|^[a-z]+(?:\.[a-z_]+){2,}$", re.IGNORECASE)
PARTICLES = frozenset(
    "van von de der den del della di da do dos das du des la le les el bin ibn al ter ten zu zur zum af av y e i st jr sr ap o of the".split()
)
MAX_NAME = 70


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
    if squeezed(name) in NO_NAME or len(name.split()) > 7 or sum(c.isdigit() for c in name) > 4:
        return False
    if NO_NAME_SIGN.search(name) or (ONLY_BY.search(name) and not is_organisation(name)):
        return False
    return any(c.isalpha() for c in name) and (len(name) > 2 or bool(CJK.search(name)))


def is_personal(name: str) -> bool:
    """Whether a text looks like a person's whole name: some capitalised words, particles between them, no other words."""
    words = name.split()
    if not is_name(name) or NO_NAME_WORD.search(name) or any(c.isdigit() for c in name) or len(words) > 5:
        return False
    if CJK.search(name):
        return len(CJK.sub("", name).strip(" ·・")) == 0 and len(name) <= 8
    if len(words) < 2:
        return False
    ends = (words[0], words[-1])
    return (
        all(w[:1].isupper() or w.strip("'’")[:1].isupper() or w in PARTICLES for w in words)
        and all(w[:1].isupper() or w in PARTICLES for w in ends[:1])
        and ends[1][:1].isupper()
    )


def is_organisation(name: str) -> bool:
    """Whether a name's words are an organisation's."""
    return bool(ORGANISATION.search(name) or ACRONYM.search(name))
