from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "onething.plumbing.messages"
    label = "outgoing"
