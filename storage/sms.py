"""SMS, through Twilio: its client comes with Rasa, and takes a second to import, so only who sends imports it."""

from typing import TYPE_CHECKING

from clinic.errors import NotDelivered, Undeliverable
from storage.settings import SmsAccount

if TYPE_CHECKING:
    from twilio.http.http_client import HttpClient

TIMEOUT_SECONDS = 20.0
# The account or how much it may send is wrong, not this message: the operator can put that right.
_OF_THE_ACCOUNT = frozenset([401, 402, 403, 404, 408, 429])


def send(text: str, phone: str, account: SmsAccount, *, http: "HttpClient | None" = None) -> None:
    """Sends an SMS to a North American number as 780-555-0100. `http` is what asks Twilio's server.

    Raises Undeliverable when this number will never take it, also because its owner answered STOP, and NotDelivered
    whenever a later try may succeed.
    """
    from requests import RequestException
    from twilio.base.exceptions import TwilioException, TwilioRestException
    from twilio.http.http_client import TwilioHttpClient
    from twilio.rest import Client

    client = Client(account.account, account.token, http_client=http or TwilioHttpClient(timeout=TIMEOUT_SECONDS))
    try:
        client.messages.create(to=f"+1{phone.replace('-', '')}", from_=account.sender, body=text)
    except TwilioRestException as error:
        reason = f"the SMS was refused ({error.status}, {error.code})"
        if 400 <= error.status < 500 and error.status not in _OF_THE_ACCOUNT:
            raise Undeliverable(reason) from error
        raise NotDelivered(reason) from error
    except (TwilioException, RequestException) as error:
        raise NotDelivered(f"the SMS was not taken: {type(error).__name__}") from error
