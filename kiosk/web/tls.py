"""Our own certificates: one that tablets are told to trust, and the server's by it."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Only when TLS is on: the library weighs 10 MB.
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.x509 import Certificate, CertificateBuilder, GeneralName

FOLDER = "tls"  # in the data folder
TRUSTED = "pledgebooth-ca.crt"  # what a tablet installs, once
EARLIER = timedelta(days=1)  # for tablets whose clock is behind ours
TRUSTED_FOR = timedelta(days=365)
SERVED_FOR = timedelta(days=30)
OURS_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Tls:
    """The files that a server needs, and what tablets must trust, until when."""

    certificate: Path
    key: Path
    trusted: Path
    until: datetime


def certify(data: Path, names: Iterable[str], now: datetime) -> Tls:
    """Make a server's certificate for these names, by the authority of this folder.

    The authority is made once and kept, whatever the clock says later: another would
    have to be installed on every tablet. The server's is new at each start, and good
    since the authority is: a clock that is wrong by years locks nobody out.

    Raises:
        OSError: the folder cannot be written.
    """
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    folder = data / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    authority, its_key = _authority(folder, now)
    since, key = authority.not_valid_before_utc, _new_key()
    until = max(now, since) + SERVED_FOR
    made = _begun("Pledgebooth", authority.subject.rfc4514_string()[3:], key)
    made = made.not_valid_before(since).not_valid_after(until)
    also = x509.SubjectAlternativeName([_said(each) for each in sorted(set(names))])
    made = made.add_extension(also, critical=False)
    for_servers = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    made = made.add_extension(for_servers, critical=False)
    signed = _signed(made, its_key, is_authority=False)
    tls = Tls(
        folder / "server.crt",
        folder / "server.key",
        folder / TRUSTED,
        authority.not_valid_after_utc,
    )
    _write(tls.key, _private(key))
    _write(tls.certificate, _public(signed))
    return tls


def _authority(
    folder: Path, now: datetime
) -> "tuple[Certificate, EllipticCurvePrivateKey]":
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from cryptography.x509 import load_pem_x509_certificate

    file, key_file = folder / TRUSTED, folder / "ca.key"
    if not file.exists():
        # The key first: a certificate that is there has its key beside it.
        key = _new_key()
        name = f"Pledgebooth {key.public_key().public_numbers().x % 10**6:06}"
        made = _begun(name, name, key).not_valid_before(now - EARLIER)
        made = made.not_valid_after(now + TRUSTED_FOR)
        _write(key_file, _private(key))
        _write(file, _public(_signed(made, key, is_authority=True)))
    opened = load_pem_private_key(key_file.read_bytes(), None)
    if not isinstance(opened, EllipticCurvePrivateKey):
        raise ValueError(f"{key_file}: another kind of key than ours.")  # noqa: TRY004  # the file is wrong
    return load_pem_x509_certificate(file.read_bytes()), opened


def _begun(
    name: str, issuer: str, key: "EllipticCurvePrivateKey"
) -> "CertificateBuilder":
    from cryptography import x509

    said = [
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, each)])
        for each in (name, issuer)
    ]
    begun = x509.CertificateBuilder(said[1], said[0], key.public_key())
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    begun = begun.serial_number(x509.random_serial_number())
    return begun.add_extension(own, critical=False)


def _signed(
    made: "CertificateBuilder", by: "EllipticCurvePrivateKey", *, is_authority: bool
) -> "Certificate":
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    length = 0 if is_authority else None
    made = made.add_extension(
        x509.BasicConstraints(ca=is_authority, path_length=length), critical=True
    )
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    made = made.add_extension(usage, critical=True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key())
    return made.add_extension(issuer, critical=False).sign(by, SHA256())


def _said(name: str) -> "GeneralName":
    from cryptography import x509

    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _new_key() -> "EllipticCurvePrivateKey":
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _private(key: "EllipticCurvePrivateKey") -> bytes:
    from cryptography.hazmat.primitives import serialization as written

    return key.private_bytes(
        written.Encoding.PEM, written.PrivateFormat.PKCS8, written.NoEncryption()
    )


def _public(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _write(file: Path, text: bytes) -> None:
    """Write all of it, readable by us alone, or leave what was there."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE)
    with os.fdopen(handle, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
