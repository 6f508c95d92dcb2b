"""Which addresses may be connected to."""

import pytest

from crawler.gate.address import AddressGuard, is_public, split_pair

PUBLIC = (
    "8.8.8.8",
    "93.184.216.34",
    "2606:4700:4700::1111",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::1",
    "2a00:1450:1:1:0:5efe:8.8.8.8",
)
NOT_PUBLIC = {
    "loopback": ("127.0.0.1", "127.255.255.254", "::1"),
    "this host": ("0.0.0.0", "0.1.2.3", "::"),
    "private": ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12:3456::1"),
    "link-local": ("169.254.169.254", "169.254.0.1", "fe80::1", "fe80::1%eth0"),
    "site-local": ("fec0::1", "feff::1"),
    "shared": ("100.64.0.1", "100.100.100.200"),
    "cloud metadata": ("192.0.0.192", "168.63.129.16", "fd00:ec2::254"),
    "documentation": ("192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"),
    "benchmark": ("198.18.0.1", "2001:2::1"),
    "multicast": ("224.0.0.1", "239.255.255.250", "ff02::1"),
    "reserved": ("240.0.0.1", "255.255.255.255"),
    "v4-mapped": ("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe"),
    "v4-compatible": ("::127.0.0.1", "::a00:1"),
    "v4-translated": ("::ffff:0:127.0.0.1", "::ffff:0:a00:1"),
    "6to4": ("2002:7f00:1::", "2002:a00:1::1", "2002:c0a8:101::1"),
    "NAT64": ("64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808"),
    "Teredo": ("2001:0:4136:e378:8000:63bf:3fff:fdd2",),
    "ISATAP": ("fe80::5efe:7f00:1", "2a00:1450::5efe:a00:1", "2a00:1450:1:1:200:5efe:192.168.1.1"),
    "not given out": ("4000::1", "5f00::1", "e000::1"),
    "no address": ("", "localhost", "127.1", "0x7f.1", "2130706433", "1.2.3.4.5", "127.0.0.1\n"),
}


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_open(address: str) -> None:
    assert is_public(address)
    assert AddressGuard().may_connect(address, 443)


@pytest.mark.parametrize(("kind", "address"), [(kind, each) for kind, some in NOT_PUBLIC.items() for each in some])
def test_what_is_not_the_public_internet_is_closed(kind: str, address: str) -> None:
    assert not is_public(address), kind
    guard = AddressGuard()
    assert not guard.may_connect(address, 80)
    assert not guard.admit("example.org", 80, address)


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("Intranet.Example:80", ("intranet.example", 80)),
        ("intranet.example", ("intranet.example", 80)),
        ("[::1]:8000", ("::1", 8000)),
        ("[::1]", ("::1", 80)),
    ],
)
def test_a_pair_is_host_and_port(pair: str, expected: tuple[str, int]) -> None:
    assert split_pair(pair) == expected


def test_an_opted_in_name_opens_its_addresses_on_its_port_only() -> None:
    guard = AddressGuard(("intranet.example:8080",))
    assert not guard.may_connect("10.0.0.5", 8080)
    assert guard.admit("Intranet.Example", 8080, "10.0.0.5")
    assert guard.may_connect("10.0.0.5", 8080)
    assert not guard.may_connect("10.0.0.5", 80)
    assert not guard.may_connect("10.0.0.6", 8080)
    assert not guard.admit("intranet.example", 80, "10.0.0.5")
    assert not guard.admit("other.example", 8080, "10.0.0.5")


def test_a_refusal_is_told_once() -> None:
    guard = AddressGuard()
    guard.admit("Evil.example", 80, "10.0.0.1")
    assert guard.refused_address("evil.example", 80) == "10.0.0.1"
    assert guard.refused_address("evil.example", 80) is None
    assert guard.refused_address("good.example", 80) is None
