"""Text that Terraform, a shell, a policy or checkov might take for more than text."""

HOSTILE = (
    "${x}",
    "%{if x}a%{endif}",
    '"}\n}\nresource "aws_x" "y" {}',
    "checkov:skip=CKV_AWS_24:no",
    "# // /* */ EOT\nEOT",
    '\\" \\n \\${x} $${x} %%{y}',
    "ü 日本 \u202e",
)
