"""What was logged: the tables, the records and `Journal`, the front door."""

from __future__ import annotations

from infonb.journal.backups import best_backup
from infonb.journal.condition import check_file
from infonb.journal.errors import (
    AlteredJournal,
    BackupUnusable,
    DamagedJournal,
    DiskFull,
    FolderMissing,
    ForeignDatabase,
    JournalFault,
    JournalLocked,
    JournalMoved,
    MigrationFailed,
    NewerJournal,
    NotAFile,
    NotAJournal,
    ReadOnlyJournal,
    Refused,
    ServerUnreachable,
)
from infonb.journal.forget import Forgotten, Mention
from infonb.journal.journal import Journal
from infonb.journal.records import (
    Answer,
    Coding,
    Conduct,
    Decision,
    Importance,
    Interview,
    Lead,
    Message,
    Occupation,
    Outcome,
    Person,
    SkillMention,
    Strength,
    Task,
    Theme,
)
from infonb.journal.restore import restore_file
from infonb.journal.transaction import StaleAnswer

__all__ = [
    "AlteredJournal",
    "Answer",
    "BackupUnusable",
    "Coding",
    "Conduct",
    "DamagedJournal",
    "Decision",
    "DiskFull",
    "FolderMissing",
    "ForeignDatabase",
    "Forgotten",
    "Importance",
    "Interview",
    "Journal",
    "JournalFault",
    "JournalLocked",
    "JournalMoved",
    "Lead",
    "Mention",
    "Message",
    "MigrationFailed",
    "NewerJournal",
    "NotAFile",
    "NotAJournal",
    "Occupation",
    "Outcome",
    "Person",
    "ReadOnlyJournal",
    "Refused",
    "ServerUnreachable",
    "SkillMention",
    "StaleAnswer",
    "Strength",
    "Task",
    "Theme",
    "best_backup",
    "check_file",
    "restore_file",
]
