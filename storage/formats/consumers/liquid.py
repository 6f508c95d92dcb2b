"""Making the tags of Liquid inert where Jekyll cannot be told to leave a body alone. Not for kramdown."""

import re

# In a tag that ends a raw block; a hyphen trims white space.
END_OF_RAW = re.compile(r"\{%(?=-?\s*endraw\b)")


def in_raw(body: str) -> str:
    """Return a body for a generator that knows no ``render_with_liquid: false``, such as Jekyll 3: in a raw block.

    Liquid ends it at the first ``endraw``, so those of the body are put together from a text of their own.
    """
    inner = END_OF_RAW.sub('{% endraw %}{{ "{%" }}{% raw %}', body)
    return f"{{% raw %}}\n{inner}{{% endraw %}}\n"
