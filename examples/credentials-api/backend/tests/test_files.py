from io import BytesIO

from openpyxl import Workbook, load_workbook
from PIL import Image

from helpers import Api, Json, new_npi, unique

HEADER = ["npi", "first_name", "last_name", "specialty"]


def test_the_workbook_of_licenses_marks_the_expired_ones(api: Api, provider: Json) -> None:
    number = unique("MD")
    license = {"provider_id": provider["id"], "state": "WA", "number": number, "expires_on": "2020-01-31"}
    api.create("/licenses", license)
    response = api.get("/exports/licenses.xlsx")
    assert "licenses-" in response.headers["content-disposition"]
    rows = list(load_workbook(BytesIO(response.content))["Licenses"].rows)
    [row] = [row for row in rows if row[4].value == number]
    assert [cell.value for cell in row[:3]] == [provider["npi"], "Noor Haddad", "Cardiology"]
    assert row[5].fill.fgColor.rgb == "00F8D7DA"


def test_providers_are_imported_from_csv(api: Api, provider: Json) -> None:
    npi = new_npi()
    lines = [HEADER, [npi, "Zoë", "Åberg", "Surgery"], [provider["npi"], "Noor", "Haddad", "Cardiology"]]
    content = "\n".join(",".join(line) for line in lines).encode()
    result = api.post("/imports/providers", files={"file": ("providers.csv", content)})
    assert result.json() == {"imported": 1, "known": 1, "errors": []}
    assert api.get("/providers", search=npi).json()[0]["last_name"] == "Åberg"


def test_providers_are_imported_from_a_workbook(api: Api) -> None:
    npi, workbook, content = new_npi(), Workbook(), BytesIO()
    workbook.active.append(HEADER)
    workbook.active.append([int(npi), "Ola", "Lind", "Surgery"])
    workbook.save(content)
    result = api.post("/imports/providers", files={"file": ("providers.xlsx", content.getvalue())})
    assert result.json()["imported"] == 1
    assert api.get("/providers", search=npi).json()[0]["first_name"] == "Ola"


def test_a_file_with_a_mistake_imports_nothing(api: Api) -> None:
    npi = new_npi()
    content = f"npi,first_name,last_name,specialty\n{npi},Ola,Lind,Surgery\n1234567890,Eva,Lind,Surgery\n".encode()
    result = api.post("/imports/providers", files={"file": ("providers.csv", content)}).json()
    assert result["imported"] == 0
    assert result["errors"] == ["row 3, npi: Value error, The check digit of the NPI is wrong"]
    assert api.get("/providers", search=npi).json() == []


def test_a_file_that_is_no_workbook_is_refused(api: Api) -> None:
    response = api.post("/imports/providers", files={"file": ("providers.xlsx", b"not a workbook")})
    assert response.status_code == 400
    assert response.json() == {"detail": "The file must be a workbook (.xlsx) or a CSV file in UTF-8"}


def test_the_profile_of_a_provider_is_a_pdf(api: Api, provider: Json) -> None:
    response = api.get(f"/reports/providers/{provider['id']}.pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert b"Credentials of Noor Haddad" in response.content


def test_the_status_report_counts_applications(api: Api, submission: Json) -> None:
    before = api.get("/reports/status").json()
    api.post(f"/applications/{submission['id']}/status", {"status": "withdrawn"})
    after = api.get("/reports/status").json()
    assert after["applications"]["withdrawn"] == before["applications"].get("withdrawn", 0) + 1
    assert after["licenses"] == before["licenses"]


def test_a_badge_has_the_color_of_the_specialty(api: Api, provider: Json) -> None:
    response = api.get(f"/badges/{provider['id']}.png", width=320)
    image = Image.open(BytesIO(response.content))
    assert (image.format, image.size) == ("PNG", (320, 200))
    assert image.getpixel((10, 10)) == (0xB2, 0x3A, 0x48)
    assert response.headers["cache-control"] == "private, max-age=3600"
