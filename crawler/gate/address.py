"""Which network addresses may be connected to: public ones, and those that the settings opt in by host:port."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

UNICAST = IPv6Network("2000::/3")  # all that IANA has given out; ::/96, ::ffff:0:0:0/96 and fec0::/10 lie outside
NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052
ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214, 6.1: before the IPv4 address, whatever the prefix
# Public by the registries, yet served by the cloud's own host: Oracle's metadata (RFC 6890 block), Azure's WireServer.
CLOUD_INSIDE = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))


def embedded_address(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address stands for: v4-mapped, 6to4, NAT64, ISATAP; else itself."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address in NAT64 or (int(address) >> 32) & 0xFFFFFFFF in ISATAP:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(text: str) -> bool:
    """Whether text is an address of the public Internet. Anything that is no address is not."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (address.scope_id or address.teredo):
        return False
    inner = embedded_address(address)
    if isinstance(inner, IPv6Address) and inner not in UNICAST:
        return False
    if any(inner in network for network in CLOUD_INSIDE):
        return False
    return inner.is_global and not inner.is_multicast


class AddressGuard:
    """Decides for each connection whether it may be opened. Shared by all runs of a process.

    allowed: host:port pairs, as settings.crawler.allow_private_hosts gives them; IPv6 in brackets. proxy: through which
    all connections go; it may be anywhere, but no URL may lead to it.
    """

    def __init__(self, allowed: tuple[str, ...] = (), *, proxy: tuple[str, int] | None = None) -> None:
        self._allowed_hosts = {split_pair(pair) for pair in allowed}
        self._allowed_addresses = set(self._allowed_hosts)
        self._proxy = proxy
        self._proxy_addresses = {proxy}
        self._refused: dict[tuple[str, int], str] = {}

    def is_opted_in(self, host: str, port: int) -> bool:
        """Whether the settings name this host and port."""
        return (host.lower(), port) in self._allowed_hosts

    def is_proxy(self, host: str, port: int) -> bool:
        """Whether this is the proxy."""
        return (host.lower(), port) == self._proxy

    def admit(self, host: str, port: int, address: str) -> bool:
        """Whether the name host may lead to address; remembers the answer for the connection that follows."""
        if self.is_proxy(host, port):
            self._proxy_addresses.add((address, port))
            return True
        if self.is_opted_in(host, port):
            self._allowed_addresses.add((address, port))
            return True
        if is_public(address):
            return True
        self._refused[host.lower(), port] = address
        return False

    def may_connect(self, address: str, port: int) -> bool:
        """Whether a socket to address and port may be opened now."""
        if self._proxy is not None:
            return (address, port) in self._proxy_addresses
        return is_public(address) or (address, port) in self._allowed_addresses

    def refused_address(self, host: str, port: int) -> str | None:
        """Return the address because of which the last look-up of host was refused; it is forgotten by that."""
        return self._refused.pop((host.lower(), port), None)


def split_pair(pair: str) -> tuple[str, int]:
    """Return host and port of ``host:port``; a host alone means port 80."""
    host, _, port = pair.rpartition(":")
    if not host or not port.isdigit():
        host, port = pair, "80"
    return host.strip("[]").lower(), int(port)
