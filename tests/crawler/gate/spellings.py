"""The ways to write an address that is not public: what browsers, C libraries and tunnels have taken for one."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

INSIDE = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "172.31.255.254", "100.64.0.1", "0.0.0.0")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
CIRCLED = str.maketrans("123456789", "①②③④⑤⑥⑦⑧⑨")
MATHEMATICAL = str.maketrans("0123456789", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
OTHERS = (
    "localhost", "LOCALHOST", "localhost.", "ｌｏｃａｌｈｏｓｔ", "loc\u00adalhost", "loca%6chost", "localhost%00.org",
    "[::1]", "[::1%25lo]", "[::1%lo]", "[::]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]",
    "[fe80::1]", "[fe80::1%25eth0]", "[FE80::1%eth0]", "[fec0::1]", "[fc00::1]", "[fd00:ec2::254]", "[ff02::1]",
    "[2001:db8::1]", "[2001:2::1]", "[4000::1]", "[::1", "::1", "[::1].", "[[::1]]", "[::ffff:127.1]", "[:​:1]",
    "192.0.0.192", "168.63.129.16", "192.0.2.1", "198.51.100.7", "203.0.113.9", "198.18.0.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "0", "0.0.0.0", "00000000", "0x0", "127.0.0.2",
    "127.255.255.254", "127.0.0.1.", "127.0.0.1..", ".127.0.0.1", "127..0.0.1", "0x7f.0x0.0x0.0x1", "0x7F.0.0x0.1",
    "0177.0x0.0.01", "4294967295", "4294967296", "0x17f000001", "127.0.0.257", "127.0.0.1.0", "1.1.1.1@127.0.0.1",
    "127.0.0.1#@example.org", "127.0.0.1\\@example.org", "example.org\\.127.0.0.1", "127.0.0.1\t", "\t127.0.0.1",
    "127.0.\n0.1", "127.0.0.1 ", "127.0.0.1,example.org", "127.0.0.1;example.org", "127.0.0.1&example.org",
    "127.0.0.1%20", "127.0.0.1%23", "127.0.0.1%2e", "127%2e0%2e0%2e1", "xn--127.0.0.1", "127.0.0.1xn--", "-127.0.0.1",
)  # fmt: skip


def of_ipv4(text: str) -> Iterator[str]:
    """Yield the spellings of one IPv4 address."""
    address = IPv4Address(text)
    number, parts = int(address), [int(part) for part in text.split(".")]
    a, b, c, d = parts
    yield from (
        text,
        f"{text}.",
        str(number),
        hex(number),
        f"0X{number:X}",
        f"0x{number:016x}",
        oct(number).replace("o", ""),
    )
    yield from (f"{a}.{number & 0xFFFFFF}", f"{a}.{b}.{number & 0xFFFF}", f"{a}.{b}.0x{number & 0xFFFF:x}")
    yield ".".join(f"{part:03d}" for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield ".".join(f"{part:#x}" for part in parts)
    yield ".".join(f"0{part:011o}" for part in parts)
    yield f"{a:#x}.{b}.0{c:o}.{d}"
    for digits in (FULL_WIDTH, CIRCLED, MATHEMATICAL, ARABIC):
        yield text.translate(digits)
    yield from (text.replace(".", dot) for dot in "。．｡․")
    yield "".join(f"%{ord(letter):02x}" for letter in text)
    yield from (f"user@{text}", f"example.org:80@{text}", f"{text}%00.example.org", f"{text}\\.example.org")
    yield from (f"[{address6}]" for address6 in of_ipv6(address))


def of_ipv6(inner: IPv4Address) -> Iterator[str]:
    """Yield the IPv6 addresses that stand for an IPv4 address, or lead there by a tunnel."""
    number = int(inner)
    high, low = number >> 16, number & 0xFFFF
    yield from (f"::ffff:{inner}", f"::ffff:{high:x}:{low:x}", f"::FFFF:{high:X}:{low:X}", f"0:0:0:0:0:ffff:{inner}")
    yield from (f"::{inner}", f"::{high:x}:{low:x}", f"::ffff:0:{inner}", f"::ffff:{inner}%25lo")
    yield from (f"64:ff9b::{inner}", f"64:ff9b::{high:x}:{low:x}", f"64:ff9b:1::{inner}", f"64:ff9b:1:ffff::{inner}")
    yield from (f"2002:{high:x}:{low:x}::", f"2002:{high:x}:{low:x}::1")
    yield str(IPv6Address((0x20010000 << 96) | (0x41DD1234 << 64) | (0x8000 << 48) | (~number & 0xFFFFFFFF)))
    yield from (f"fe80::5efe:{inner}", f"2a00:1450:1:1:0:5efe:{inner}", f"2a00:1450:1:1:200:5efe:{inner}")


def spellings() -> list[str]:
    """Return all, each once."""
    return list(dict.fromkeys([*OTHERS, *(each for address in INSIDE for each in of_ipv4(address))]))
