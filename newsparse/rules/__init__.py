"""The knowledge of newsparse as data: event frames, lexicons and cue words, and their loader.

``events/*.yaml`` hold the event types, ``lexicon/*.yaml`` word lists, ``status.yaml`` the cues of status.
All of it is validated when it is loaded; what is wrong is named with its file and line.
"""
