"""The portal's tabs."""

from django.utils.translation import gettext_lazy as _

from onething.plumbing.ui.panels import menu

menu("portal", "home", _("First page"), icon="home", order=10)
menu("portal", "cases:matters", _("My matters"), icon="list", order=20)
menu("portal", "correspondence:inbox", _("Letters"), icon="message", order=30)
menu("portal", "identity:me", _("About me"), icon="user", order=90)
