"""Sends mail, webhooks and all else that Apprise supports; it reports only success or failure."""

from heyi.app.alerts.senders.base import SENT, Answer, Message
from heyi.app.alerts.senders.web import hush


class Apprise:
    """Sends by Apprise."""

    def send(self, url: str, message: Message) -> Answer:
        """Send title and body.

        Apprise tells no reason, so that a failure may pass later; its log, which would, has
        whole addresses in it and stays off.
        """
        import apprise  # noqa: PLC0415 - 0.2 s that only sending pays

        hush()
        asset = apprise.AppriseAsset(
            app_id="heyi", app_desc="heyi 和议", app_url="",
            async_mode=False, secure_logging=True, http_redirects=False,
        )  # fmt: skip
        try:
            target = apprise.Apprise.instantiate(url, asset=asset)
            if target is None:
                return Answer(outcome="dead", reason="url")
            done = target.notify(
                body=message.body, title=message.title, body_format=apprise.NotifyFormat.TEXT
            )
        except Exception:
            # A hundred plugins by as many authors: what one of them raises may name the address.
            return Answer(outcome="retry", reason="failed")
        return SENT if done else Answer(outcome="retry", reason="failed")


def is_known(url: str) -> bool:
    """Tell whether Apprise can send to an address as it is written."""
    import apprise  # noqa: PLC0415 - as above

    hush()
    try:
        return apprise.Apprise.instantiate(url) is not None
    except Exception:
        # As above.
        return False
