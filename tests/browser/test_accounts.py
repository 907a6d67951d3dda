import pytest
from django.urls import reverse
from django.utils import translation

pytestmark = pytest.mark.browser

ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_request_login_code"]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_is_accessible(visitor, language, name):
    with translation.override(language):
        visitor.open(reverse(name))
    visitor.check()
