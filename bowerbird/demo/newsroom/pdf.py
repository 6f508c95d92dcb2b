"""Writes the one PDF the newsroom offers: a valid file of one page. Not a PDF library."""

LINES = (
    "Tide tables 2027, Custom House steps, Saltmere",
    "1 January   high 04:12  4.1 m   low 10:20  0.9 m",
    "2 January   high 04:58  4.3 m   low 11:07  0.7 m",
    "3 January   high 05:43  4.4 m   low 11:53  0.6 m",
)


def tide_tables_pdf() -> bytes:
    """Return the file, with a cross-reference table that is right to the byte (ISO 32000-1, 7.5)."""
    shown = " T* ".join(f"({line}) Tj" for line in LINES)
    content = f"BT /F1 14 Tf 20 TL 60 760 Td {shown} ET".encode("ascii")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    file = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(file))
    return file + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (size, table, trailer)
