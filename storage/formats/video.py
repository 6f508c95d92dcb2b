"""Videos that can be shown inside a page. Not for their pictures."""

import re

IDENTIFIER = re.compile(
    r"https?://(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:watch\?(?:[^#]*&)?v=|embed/|shorts/|live/)|youtu\.be/)([\w-]{11})(?![\w-])",
    re.ASCII,
)


def youtube_id(url: str) -> str | None:
    """Return the video's id, or None where the URL is not a video's at YouTube."""
    found = IDENTIFIER.match(url)
    return found[1] if found else None


def watch_url(video_id: str) -> str:
    """Return the canonical address of a video."""
    return f"https://youtube.com/watch?v={video_id}"


def iframe(video_id: str) -> str:
    """Return the HTML that shows a video."""
    return (
        f'<iframe width="800" height="500" frameborder="0" src="https://www.youtube.com/embed/{video_id}"'
        ' allow="accelerometer; autoplay; encrypted-media; gyroscope; picture-in-picture" allowfullscreen></iframe>'
    )
