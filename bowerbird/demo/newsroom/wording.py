"""The few words around an article, in each language. Not the articles' own words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Labels of one language; date is a strftime pattern."""

    by: str
    published: str
    updated: str
    home: str
    share: str
    copy_link: str
    related: str
    newsletter: str
    newsletter_pitch: str
    subscribe: str
    comments: str
    comment: str
    commenter: str
    cookies: str
    accept: str
    about: str
    rights: str
    read_on: str
    date: str

    def day(self, moment: datetime) -> str:
        """Return the date as readers of this language write it."""
        return moment.strftime(self.date)


WORDINGS = {
    "en": Wording(
        by="By",
        published="Published",
        updated="Updated",
        home="Home",
        share="Share this",
        copy_link="Copy link",
        related="More like this",
        newsletter="The morning tide, in your inbox",
        newsletter_pitch="Six short stories every weekday before breakfast. Unsubscribe whenever you like.",
        subscribe="Sign me up",
        comments="Comments",
        comment="Good to read something on this that is not shouting. More of it, please.",
        commenter="quayside_reader",
        cookies="We use two cookies: one to remember your reading size, one to count visits.",
        accept="Fine by me",
        about="About us",
        rights="All rights reserved.",
        read_on="Subscribe to read on",
        date="%d %B %Y",
    ),
    "de": Wording(
        by="Von",
        published="Veröffentlicht am",
        updated="Aktualisiert am",
        home="Startseite",
        share="Teilen",
        copy_link="Link kopieren",
        related="Das könnte Sie auch interessieren",
        newsletter="Unser Rundbrief",
        newsletter_pitch="Einmal im Monat, ohne Werbung, jederzeit abbestellbar.",
        subscribe="Anmelden",
        comments="Kommentare",
        comment="Danke für den Beitrag! Genau so hat es mein Großvater auch gemacht.",
        commenter="Waldkauz77",
        cookies="Diese Seite verwendet Cookies, um Ihren Besuch angenehmer zu machen.",
        accept="Einverstanden",
        about="Über uns",
        rights="Alle Rechte vorbehalten.",
        read_on="Weiterlesen im Abonnement",
        date="%d.%m.%Y",
    ),
    "zh": Wording(
        by="作者",
        published="发布于",
        updated="更新于",
        home="首页",
        share="分享本文",
        copy_link="复制链接",
        related="相关文章",
        newsletter="每周一封信",
        newsletter_pitch="每周五寄出，介绍本周的观测与读物，可随时退订。",
        subscribe="订阅",
        comments="评论",
        comment="写得很清楚，期待下一篇。",
        commenter="夜行者",
        cookies="本站仅使用必要的 Cookie，用来记住你的字号与语言。",
        accept="知道了",
        about="关于我们",
        rights="版权所有。",
        read_on="订阅后继续阅读",
        date="%Y年%m月%d日",
    ),
    "ar": Wording(
        by="بقلم",
        published="نُشر في",
        updated="حُدّث في",
        home="الرئيسية",
        share="شارك المقال",
        copy_link="انسخ الرابط",
        related="اقرأ أيضاً",
        newsletter="نشرتنا البريدية",
        newsletter_pitch="ستّ قصص قصيرة كل صباح، ويمكنك إلغاء الاشتراك متى شئت.",
        subscribe="اشترك",
        comments="التعليقات",
        comment="شكراً على هذا المقال الجميل.",
        commenter="قارئ من الميناء",
        cookies="نستخدم ملفّي تعريف ارتباط فقط لتذكّر حجم الخط وعدد الزيارات.",
        accept="موافق",
        about="من نحن",
        rights="جميع الحقوق محفوظة.",
        read_on="اشترك لمتابعة القراءة",
        date="%d/%m/%Y",
    ),
    "he": Wording(
        by="מאת",
        published="פורסם ב־",
        updated="עודכן ב־",
        home="דף הבית",
        share="שיתוף",
        copy_link="העתקת קישור",
        related="עוד בנושא",
        newsletter="הניוזלטר שלנו",
        newsletter_pitch="שישה סיפורים קצרים בכל בוקר. אפשר לבטל בכל עת.",
        subscribe="הרשמה",
        comments="תגובות",
        comment="תודה, נהניתי לקרוא.",
        commenter="קוראת מהרציף",
        cookies="אנו משתמשים בשתי עוגיות בלבד: גודל הגופן וספירת ביקורים.",
        accept="אישור",
        about="אודות",
        rights="כל הזכויות שמורות.",
        read_on="הירשמו כדי להמשיך לקרוא",
        date="%d.%m.%Y",
    ),
}
