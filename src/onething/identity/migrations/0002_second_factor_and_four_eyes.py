import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SecondFactor',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='factor', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('locked', models.BinaryField()),
                ('last_step', models.BigIntegerField(default=0)),
                ('enrolled_at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='account',
            name='sessions_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='apikey',
            name='per_minute',
            field=models.PositiveIntegerField(db_default=600),
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='invitation', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('locked', models.BinaryField()),
                ('expires_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['expires_at'], name='invitation_by_expiry')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('subject', models.UUIDField()),
                ('title', models.TextField()),
                ('region', models.CharField(max_length=12)),
                ('values', models.JSONField(default=dict)),
                ('reason', models.TextField()),
                ('state', models.TextField(choices=[('waiting', 'Waiting'), ('approved', 'Approved'), ('turned_down', 'Turned Down')], default='waiting')),
                ('asked_by', models.UUIDField()),
                ('asked_under', models.UUIDField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_under', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'asked_at'], name='proposal_by_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='proposal_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'waiting')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'turned_down')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('state', 'approved'), models.Q(('decided_by', models.F('asked_by')), _negated=True), models.Q(('decided_under', models.F('asked_under')), _negated=True)), _connector='OR'), name='proposal_has_four_eyes'), models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('kind', 'subject'), name='proposed_once')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('digest', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RepeatableCall',
            fields=[
                ('id', models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ('request', models.BinaryField(max_length=32)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('kind', models.TextField(default='')),
                ('locked', models.BinaryField(null=True)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='repeatable_call_by_age')],
            },
        ),
        # counting tries and calls need not wait for the disk; the table is small, so that rewriting it is quick
        migrations.RunSQL(
            "ALTER TABLE identity_throttle SET UNLOGGED", "ALTER TABLE identity_throttle SET LOGGED"
        ),
    ]
