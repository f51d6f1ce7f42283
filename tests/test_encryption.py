"""Encrypted connections, to a real server with a certificate made here."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from graphmodel.cli import main
from graphmodel.store.embedded import EmbeddedStore
from tests.conftest import require_neo4j
from tests.neo4j_servers import VERSIONS, Neo4jServer

VERIFYING = ("bolt+s", "neo4j+s")
TRUSTING = ("bolt+ssc", "neo4j+ssc")


@dataclass(frozen=True)
class Signed:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def write(self, folder: Path, name: str) -> Path:
        (folder / f"{name}.key").write_bytes(
            self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        pem = self.certificate.public_bytes(serialization.Encoding.PEM)
        (folder / f"{name}.crt").write_bytes(pem)
        return folder / f"{name}.crt"


def signed(name: str, issuer: Signed | None = None, hosts: tuple[str, ...] = ()) -> Signed:
    """Make a certificate for some hosts, or without an issuer one of an authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    names: list[x509.GeneralName] = [
        x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        for host in hosts
    ]
    now = datetime.now(UTC)
    signing = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if issuer is None:
        usage = dict.fromkeys(_USAGES, False) | {"key_cert_sign": True, "crl_sign": True}
        builder = builder.add_extension(x509.KeyUsage(**usage), critical=True)
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return Signed(builder.sign(signing, hashes.SHA256()), key)


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@dataclass(frozen=True)
class Encrypted:
    """A server whose Bolt port also speaks TLS, and the certificate of its authority."""

    server: Neo4jServer
    authority: Path

    def doctor(self, scheme: str, trusted: Path | None, host: str = "127.0.0.1") -> Result:
        port = self.server.uri.rpartition(":")[2]
        environment = {
            "NEO4J_URI": f"{scheme}://{host}:{port}",
            "NEO4J_USERNAME": self.server.username,
            "NEO4J_PASSWORD": self.server.password,
            "SSL_CERT_FILE": str(trusted) if trusted else None,
        }
        return CliRunner(env=environment).invoke(main, ["schema", "--format", "csv"])


@pytest.fixture(scope="module", params=VERSIONS)
def encrypted(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Encrypted]:
    require_neo4j(request.param)
    folder = tmp_path_factory.mktemp("certificates")
    authority = signed("An authority of our own")
    signed("server", authority, ("localhost", "127.0.0.1")).write(folder, "server")
    settings: dict[str, Any] = {
        "dbms.ssl.policy.bolt.enabled": "true",
        "dbms.ssl.policy.bolt.base_directory": str(folder),
        "dbms.ssl.policy.bolt.private_key": "server.key",
        "dbms.ssl.policy.bolt.public_certificate": "server.crt",
        "dbms.ssl.policy.bolt.client_auth": "NONE",
        "server.bolt.tls_level": "OPTIONAL",
    }
    with Neo4jServer.start(request.param, **settings) as server:
        yield Encrypted(server, authority.write(folder, "authority"))


@pytest.mark.parametrize("scheme", VERIFYING)
def test_a_certificate_of_a_named_authority_is_trusted(encrypted: Encrypted, scheme: str) -> None:
    result = encrypted.doctor(scheme, encrypted.authority)

    assert (result.exit_code, result.exception) == (0, None)


@pytest.mark.parametrize("scheme", TRUSTING)
def test_any_certificate_is_trusted_where_the_scheme_says_so(
    encrypted: Encrypted, scheme: str
) -> None:
    assert encrypted.doctor(scheme, None).exit_code == 0


@pytest.mark.parametrize("scheme", VERIFYING)
def test_a_certificate_of_nobody_known_is_refused(
    encrypted: Encrypted, scheme: str, tmp_path: Path
) -> None:
    another = signed("Another authority").write(tmp_path, "another")
    for trusted in (None, another):
        result = encrypted.doctor(scheme, trusted)

        assert result.exit_code == 3
        assert isinstance(result.exception, SystemExit)
        assert result.stdout == ""
        [line] = result.stderr.splitlines()
        assert line.startswith(f"Error: The certificate of {scheme}://127.0.0.1:")
        assert "is not trusted here" in line
        assert "set SSL_CERT_FILE to a file with the authority's certificate" in line
        assert encrypted.server.password not in line


@pytest.mark.parametrize("scheme", VERIFYING)
def test_a_certificate_for_another_host_is_refused(encrypted: Encrypted, scheme: str) -> None:
    result = encrypted.doctor(scheme, encrypted.authority, host="127.0.0.2")

    assert result.exit_code == 3
    assert "127.0.0.2" in result.stderr


def test_what_passes_is_encrypted(encrypted: Encrypted) -> None:
    """The server shows the certificate that was made for it, and none without TLS."""
    host, _, port = encrypted.server.uri.removeprefix("bolt://").partition(":")
    shown = ssl.get_server_certificate((host, int(port)), ca_certs=str(encrypted.authority))
    loaded = x509.load_pem_x509_certificate(shown.encode())
    assert loaded.subject.rfc4514_string() == "CN=server"


@pytest.mark.parametrize("scheme", [*VERIFYING, *TRUSTING])
def test_a_server_without_encryption_is_told(scheme: str, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path):
        owner = json.loads((tmp_path / "owner.json").read_text(encoding="utf-8"))
        address = owner["uri"].replace("bolt://", f"{scheme}://")
        result = CliRunner().invoke(main, ["schema", "--uri", address])

    assert (result.exit_code, result.stdout) == (3, "")
    [line] = result.stderr.splitlines()
    assert f"{address} does not speak the encryption that {scheme} asks for" in line
