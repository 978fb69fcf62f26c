"""The source map: from another tool's name for a thing to the line of the spec that decides it."""

import json
from pathlib import Path

from archspec import api
from archspec.artifacts import SOURCE_MAP, source_map
from archspec.cli import run

SPEC = """\
archspec: 1
name: shop
region: us-east-1
network:
  vpcs: {main: {cidr: 10.0.0.0/16}}
  security_groups:
    web-sg:
      ingress: [{from: internet, port: 443}]
      egress: []
"""


def test_an_address_leads_to_the_element_and_the_line_of_what_decides_it() -> None:
    system = api.parse(SPEC, "shop.yaml")
    found = json.loads(source_map(api.export(system), system.source.locate))
    assert found["aws_vpc_security_group_ingress_rule.web_sg__from__internet__443"] == {
        "element": "web-sg",
        "path": "network.security_groups.web-sg.ingress.0",
        "file": "shop.yaml",
        "line": 8,
    }


def test_every_resource_has_an_entry() -> None:
    system = api.parse(SPEC, "shop.yaml")
    artifacts = api.export(system)
    assert list(json.loads(source_map(artifacts, system.source.locate))) == sorted(artifacts.origins)


def test_export_writes_it_beside_the_files(tmp_path: Path) -> None:
    spec = tmp_path / "shop.yaml"
    spec.write_text(SPEC)
    assert run(["export", "terraform", str(spec), "--out", str(tmp_path / "out")]) == 0
    assert "aws_vpc.main" in json.loads((tmp_path / "out" / SOURCE_MAP).read_text())
