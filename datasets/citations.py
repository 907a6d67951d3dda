"""How to cite a dataset: APA for people, BibTeX and RIS for their programs."""

import re
from dataclasses import dataclass
from datetime import date

BIBTEX_SPECIAL = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation is made of. `author` may be empty; `key` is letters, digits and hyphens."""

    key: str
    title: str
    author: str
    publisher: str
    year: int | None
    url: str
    doi: str
    kind_label: str
    accessed_on: date

    def apa(self) -> str:
        """American Psychological Association, 7th edition, for a data set; the address stands at the end."""
        year = str(self.year) if self.year else "n.d."
        source = f" {self.publisher}." if self.publisher != self.author else ""
        address = f"https://doi.org/{self.doi}" if self.doi else self.url
        if not self.author:
            return f"{self.title} [{self.kind_label}]. ({year}).{source} {address}"
        return f"{self.author}. ({year}). {self.title} [{self.kind_label}].{source} {address}"

    def bibtex(self) -> str:
        fields = {
            "title": f"{{{_bibtex(self.title)}}}",
            "author": f"{{{_bibtex(self.author)}}}" if self.author else "",
            "publisher": _bibtex(self.publisher),
            "year": str(self.year or ""),
            "doi": self.doi,
            "url": self.url,
            "urldate": self.accessed_on.isoformat(),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        return f"@misc{{{self.key},\n{lines}\n}}\n"

    def ris(self) -> str:
        """Research Information Systems format, type DATA; lines end with CR LF as its readers expect."""
        fields = [
            ("TY", "DATA"),
            ("TI", self.title),
            ("AU", self.author),
            ("PB", self.publisher),
            ("PY", str(self.year or "")),
            ("DO", self.doi),
            ("UR", self.url),
            ("Y2", self.accessed_on.strftime("%Y/%m/%d")),
        ]
        lines = [f"{tag}  - {_one_line(value)}" for tag, value in fields if value]
        return "\r\n".join([*lines, "ER  - ", ""])


def _bibtex(text: str) -> str:
    return "".join(BIBTEX_SPECIAL.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
