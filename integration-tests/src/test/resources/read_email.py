# SPDX-License-Identifier: Apache-2.0
"""Reads every *.eml of a folder with Python's email package and prints one line of JSON for each, in name order."""
import hashlib
import json
import pathlib
import sys
from email import message_from_bytes, policy

ADDRESS_FIELDS = {"From", "To", "Cc", "Bcc"}


def people(field):
    return "\n".join(address.display_name + "|" + address.addr_spec for address in field.addresses)


def read(path):
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    headers = [
        {"name": name, "value": people(value) if name in ADDRESS_FIELDS else str(value)}
        for name, value in message.items()
    ]
    text, files = "", []
    for part in message.walk():
        if part.get_content_disposition() == "attachment":
            payload = part.get_payload(decode=True)
            files.append({
                "name": part.get_filename(),
                "type": part.get_content_type(),
                "sha256": hashlib.sha256(payload).hexdigest(),
            })
        elif part.get_content_type() == "text/plain" and part.get_content_disposition() is None:
            text = part.get_payload(decode=True).decode("utf-8")
    defects = [str(defect) for part in message.walk() for defect in part.defects]
    return {"headers": headers, "text": text, "files": files, "defects": defects}


for eml in sorted(pathlib.Path(sys.argv[1]).glob("*.eml")):
    print(json.dumps(read(eml)))
