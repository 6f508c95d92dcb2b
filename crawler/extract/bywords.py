"""The words that stand before an author's name, in the languages of the web. Patterns only."""

# By-lines wherever they stand: "written by", "ein Beitrag von". A day may stand in the middle: "posted on May 2 by".
SAYS_BY = (
    r"(?:written|posted|published|reported|reviewed|created|submitted|added|words|story|text|article|analysis|opinion|"
    r"column|essay|interview|recipe|guest post|edited|compiled)(?: on .{6,30}?)? by|"
    r"(?:veröffentlicht|geschrieben|verfasst|erstellt|eingestellt|gepostet|text|artikel|beitrag|gastbeitrag|kommentar|"
    r"kolumne|interview|rezept|eine? \w+|redaktion)(?: am .{6,30}?)? vo[nm]|"
    r"(?:écrit|publié|rédigé|posté|proposé|texte|article)(?: le .{6,30}?)? par|"
    r"(?:escrito|publicado|redactado|texto|artículo|artigo)(?: el .{6,30}?| em .{6,30}?)? por|"
    r"(?:scritto|pubblicato|testo|articolo)(?: il .{6,30}?)? da|a cura di|"
    r"(?:geschreven|geplaatst|gepubliceerd|tekst)(?: op .{6,30}?)? door|"
    r"(?:skriven|publicerad|skrevet|skrivet) a[vf]"
)
# Labels: by-lines if a colon follows.
BY_LABEL = (
    r"authors?|autor(?:en|in|innen|es|a|as|e)?|auteure?s?|autore|autrice|autori|verfasser(?:in)?|redakteur(?:in)?|"
    r"redaktion|redacteur|skribent|forfatter|författare|kirjoittaja|szerző|yazar|yazan|penulis|tác giả|автор(?:ы|и)?|"
    r"текст|συντάκτης|texte?|texto|testo|tekst|teksti|text und fotos?|words|writer|reporter|interview|"
    r"作者|记者|記者|撰文|文字|文|著者|執筆|筆者|取材・文|ライター|글|기자"
)
# By-lines at the beginning of a line that is nothing but a name.
BY_SHORT = r"by|von|vom|par|por|di|door|av|af|oleh|från|przez|от|fra|írta"
# What a card on a social site puts before the author's name, squeezed.
WRITTEN_BY = frozenset(
    (
        "writtenby", "author", "by", "verfasstvon", "geschriebenvon", "autor", "autorin", "von", "écritpar", "auteur",
        "par", "escritopor", "por", "scrittoda", "autore", "geschrevendoor", "skrivenav", "skrevetaf", "skrevetav",
        "napisaneprzez", "написаноавтором", "автор", "yazan", "yazar", "ditulisoleh", "oleh",
        "作者", "執筆者", "글쓴이",
    )
)  # fmt: skip
