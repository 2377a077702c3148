// Made from docs/openapi.json by `npm run api`.
import type { Json } from "./json";
export interface paths {
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether anybody can sign in. */
        get: operations["get_sign_in"];
        put?: never;
        /** Signs in. */
        post: operations["sign_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Signs out. */
        post: operations["sign_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/inspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a link is for. */
        post: operations["inspect_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/links/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Uses a link up and signs in. */
        post: operations["accept_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I, what may I. */
        get: operations["get_self"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets a new password: every sign-in ends, the one that asks goes on with a new cookie. */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own sign-ins. */
        get: operations["list_sign_ins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/self/sign-ins/{sign_in}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends one of the own sign-ins. */
        delete: operations["end_sign_in"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device/inspect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a device asks for, by its code. */
        post: operations["inspect_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device/decide": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answers a device, once. What it is given is a key of the person's own, for the projects of the key with which it asked. */
        post: operations["decide_device"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Own workspaces. */
        get: operations["list_workspaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A workspace. */
        get: operations["get_workspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions. */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session's head. */
        get: operations["get_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/turns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Turns without their steps, prompts and answers cut to an outline's length. */
        get: operations["list_turns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/turns/{turn}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One turn. */
        get: operations["get_turn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Steps: the turns by their place, their steps in order. */
        get: operations["list_steps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One step, with its place in the session's one list. */
        get: operations["get_step"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A piece of a text of a step. */
        get: operations["get_step_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A text of a step as a file. */
        get: operations["download_step_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Places of the steps that failed. */
        get: operations["list_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/step-kinds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What every step is: its kind, whether it failed, whose it is, and of calls the tool and the time. */
        get: operations["list_step_kinds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/find": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Finds in one session. */
        get: operations["find_in_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Full-text search. */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/conversation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session's conversation. */
        get: operations["get_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Records of a session, in the order in which they were received. */
        get: operations["list_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/records/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One record, with its content and the proof that it is in the ledger. */
        get: operations["get_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/records/{record}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A record's redacted content, whole, as a file. */
        get: operations["download_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The records that a step rests on. */
        get: operations["list_step_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lanes and marks along a session's active time. */
        get: operations["get_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The tools and skills that a session used, and where. */
        get: operations["get_uses"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The files that a session's editing tools changed. */
        get: operations["list_files"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/files/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The net change of one file. */
        get: operations["get_file_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/private": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes a session private, by the word of the person whose key delivered it: erased, without content, or unchanged, as the
         *     workspace's policy says. Asking again changes nothing.
         */
        post: operations["make_session_private"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Changed sessions, as they change. Events: `ready` at the beginning; `sessions` with `SessionsChanged`; `reviews` with
         *     `ReviewsChanged` when somebody judged, or what others said is hidden no longer; `reset` when too much was missed to be named, or something was erased: read everything
         *     again.
         */
        get: operations["stream_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people said of a session, as the reader sees it: while it is reviewed blind, only what they said themselves. */
        get: operations["get_reviews"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/verdicts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives a verdict. What the same person said before of the same turn or session stays, as history. */
        post: operations["give_verdict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts a tag on, or takes one off. A tag is its author's: two people may each put the same one on. Gives the session's tags
         *     as they are then.
         */
        post: operations["change_tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes a comment. */
        post: operations["write_comment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/comments/{comment}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes a comment. What it said before stays, as history, until it is taken back. */
        patch: operations["change_comment"];
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes what a turn's answer should have been. What the same person wrote before stays, as history. */
        post: operations["correct_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/reviewers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members who judge, by name: owners, admins, reviewers. For who judges. */
        get: operations["list_reviewers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/mentions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Comments that mention the reader, in sessions that they may read and that are not reviewed blind. A key is mentioned by nobody. */
        get: operations["list_mentions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/mentions/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Notes that the reader is done with mentions. */
        post: operations["read_mentions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/names/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names of a filter's key: `user`, `project`, `model`, `skill`, `tool`, `mcp`, `version`, `tag`, `reviewer`, … */
        get: operations["list_names"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Projects, those of most sessions first. */
        get: operations["list_projects"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members, in the order in which they came. */
        get: operations["list_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/members/{account}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Ends a membership; what the person did stays in the ledger. */
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        /** Gives a member another role or other projects. */
        patch: operations["change_member"];
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open invitations, newest first. */
        get: operations["list_invitations"];
        put?: never;
        /** Invites a person. */
        post: operations["create_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraws an invitation: its link is over. */
        delete: operations["withdraw_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/redaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the workspace redacts: built-in rules, and what it decided itself. */
        get: operations["get_redaction"];
        /** Gives the workspace another policy. What is captured from here on is redacted by it; what is stored, by a rescan. */
        put: operations["put_redaction"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/redaction/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tries a pattern or dictionary on what is stored. Changes nothing; the sessions that are shown count as viewed. */
        post: operations["try_redaction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/redaction/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What redaction did, by day: replacements by type, failures by reason; and how many records stand under older rules. */
        get: operations["get_redaction_counts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/capture-policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The capture policy. */
        get: operations["get_capture_policy"];
        /** Gives the workspace another capture policy. Sessions that are private already stay so. */
        put: operations["put_capture_policy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/tombstones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands where sessions were, newest first. */
        get: operations["list_tombstones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The views that come with the program, then one's own and those that are shared, by name. */
        get: operations["list_views"];
        put?: never;
        /** Saves a view of one's own; a shared one only where the role sets up how is judged. */
        post: operations["create_view"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/views/{view}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Changes a view, whole: one's own, or a shared one where the role sets up how is judged. It stays its maker's. */
        put: operations["change_view"];
        post?: never;
        /** Removes a view: one's own, or a shared one where the role sets up how is judged. */
        delete: operations["delete_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Devices, last seen first; for a reader who is bound to projects, those whose key is for no others. */
        get: operations["list_devices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/plugin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What of the capture plugin this server has. */
        get: operations["get_plugin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plugin/{workspace}/argus-plugin.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plugin as an archive, for who is signed in. */
        get: operations["download_plugin"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plugin/{workspace}/{token}/argus-plugin.zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The plugin as an archive, at the address of a download key. */
        get: operations["download_plugin_by_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plugin/{workspace}/marketplace.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A marketplace with the plugin, for who is signed in. */
        get: operations["get_plugin_marketplace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plugin/{workspace}/{token}/marketplace.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A marketplace with the plugin, at the address of a download key. */
        get: operations["get_plugin_marketplace_by_link"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/skills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Versions of skills, by name, those that were seen last first. A reader who is bound to projects, or to their own sessions,
         *     sees those that ran in sessions that they may read.
         */
        get: operations["list_skills"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/skills/{skill}/versions/{hash}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a skill. */
        get: operations["get_skill_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/skills/{skill}/versions/{hash}/text": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The text of a file of a version. That it was looked at is noted. */
        get: operations["get_skill_text"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/mcp-servers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * MCP servers, by name and machine. A reader who is bound to projects, or to their own sessions, sees those of sessions that
         *     they may read, and no machine.
         */
        get: operations["list_mcp_servers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/coverage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How much of the sessions was seen: sums, and by machine. */
        get: operations["get_coverage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Scores a session or a turn by a rubric. What the same person gave before by this rubric is kept, and no longer current. */
        post: operations["give_score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rubrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest version of every rubric, by name; the starters that nobody changed among them, and retired ones. */
        get: operations["list_rubrics"];
        put?: never;
        /** Makes a rubric: its version 1. */
        post: operations["create_rubric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rubrics/compute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Computes what answers to a rubric come to, whether or not the rubric is kept. Nothing is stored. */
        post: operations["compute_score"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rubrics/{rubric}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A version of a rubric. */
        get: operations["get_rubric"];
        /** Gives a rubric a new version. Scores keep the version that they were given by. A retired rubric is in use again with it. */
        put: operations["change_rubric"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rubrics/{rubric}/retire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Retires a rubric. Its scores stay; a new version brings it back. */
        post: operations["retire_rubric"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rubrics/{rubric}/precedents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a precedent to a rubric. */
        post: operations["add_precedent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every queue, by name, closed ones last. Counts are of the items that the reader may read. */
        get: operations["list_queues"];
        put?: never;
        /** Makes a queue. Its rules fill it within a minute, or when they are asked to. */
        post: operations["create_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues/{queue}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A queue. */
        get: operations["get_queue"];
        /** Sets a queue up anew, whole. The body names the `revision` that was looked at. Rubric, kind and scope stay as they are. */
        put: operations["change_queue"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues/{queue}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes a queue: nothing in it changes any more, and nothing of it is blind. */
        post: operations["close_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues/{queue}/fill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Does now what the queue's rules say, as is done every minute. What is there is not added again. */
        post: operations["fill_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues/{queue}/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reserves the reviewer's next item and gives it: one that they have already, else the one that is due first. */
        post: operations["next_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queues/{queue}/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The items of a queue whose sessions the reader may read, in the order in which they came. */
        get: operations["list_queue_items"];
        put?: never;
        /** Puts sessions into a queue by hand. */
        post: operations["add_queue_items"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An item of a queue. */
        get: operations["get_queue_item"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/complete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What the reviewer says of the item's session or turn stands for it: a score by the queue's rubric, or a verdict where it has none.
         *     A reservation is not needed where nobody else is at it.
         */
        post: operations["complete_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Skips an item: the reviewer does not get it again. */
        post: operations["skip_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an item back that the reviewer has. */
        post: operations["release_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/reassign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives an item to another reviewer: the asker's own; for who manages queues, also a free place, or that of somebody who has it. */
        post: operations["reassign_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/adjudicate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decides a dispute by a judgement of the asker's own; both reviewers' stay. Of a calibration the text is kept as a precedent of
         *     its rubric, with or without a judgement.
         */
        post: operations["adjudicate_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/queue-items/{item}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Shows what everybody said of an item of a calibration. */
        post: operations["reveal_queue_item"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/my-queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The open queues that are for the reader, by name, with what is theirs in each. */
        get: operations["list_my_queue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/gold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The references, the newest first. Reviewers are never told which sessions have one. */
        get: operations["list_gold"];
        put?: never;
        /** Sets a reference, or takes one away; all that there are then. */
        post: operations["set_gold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far reviewers agree, how lenient each is, and how each does against references. */
        get: operations["get_agreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/rates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How good sessions are, estimated from the random part of what was judged. */
        get: operations["get_rates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions as files. */
        get: operations["export_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report. */
        get: operations["get_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/report.html": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A report as a page that is made for print. */
        get: operations["get_report_page"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a link. Whoever has it sees what it shows, without a sign-in, until it is over or revoked. */
        post: operations["create_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/sessions/{session}/shares/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Looks at what a link would show. */
        post: operations["preview_share"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/share-previews/{preview}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that a link would show: by the same writer, from the same store. For a frame of the server's own page. */
        get: operations["get_share_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The links of the sessions that the reader may read, newest first, at most 1,000; those that are over too. */
        get: operations["list_shares"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/shares/{share}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a link: it leads nowhere from now on. One that is over already stays as it is. */
        delete: operations["revoke_share"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/shares/{share}/openings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When a link was opened, newest first, at most 1,000. */
        get: operations["list_share_openings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/share/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a link shows: the page of a session, or of some of its turns, as the store holds it now. */
        get: operations["open_share"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys, newest first. */
        get: operations["list_keys"];
        put?: never;
        /** Makes a key. */
        post: operations["create_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/workspaces/{workspace}/keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revokes a key, at once; one that was revoked already stays so. */
        delete: operations["revoke_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description A link, and what its kind asks for. */
        AcceptLink: {
            /** @description What stands behind the `#`. */
            token: string;
            /** @description The person's name: to set up, and by invitation without an account. */
            name?: string | null;
            /** @description E-mail address: to set up. */
            email?: string | null;
            /** @description A new password; the account's own where an invitation is for one that there is. */
            password?: string | null;
        };
        /**
         * @description What became of an answer.
         * @enum {string}
         */
        Acceptance: "accepted" | "not_accepted" | "unknown";
        /** @description One run of a sub-agent. */
        AgentRun: {
            /** @description Agent id. */
            id: string;
            /** @description Its type, such as `general-purpose`. */
            type: string | null;
            /** @description The tool call that started it. */
            parent_use_id: string | null;
            /** @description Its own sums; they are part of the session's totals, once. */
            totals: components["schemas"]["Totals"];
        };
        /** @description Agreement in one respect. */
        AgreementCriterion: {
            /** @description `verdict`, `passed`, `score`, or `item:` and the item's id. */
            id: string;
            title: string;
            /** @description What the distance between two values means: `nominal`, `ordinal` or `interval`. */
            level: string;
            /**
             * @description Judgements that none of the figures has: by a version of the rubric in which it is another question, on another scale, or (of
             *     the score and the pass) weighed in another way.
             */
            left_out: number;
            all: components["schemas"]["AgreementFigures"];
            /** @description Each pair of reviewers that judged something together. */
            pairs: components["schemas"]["AgreementPair"][];
        };
        /** @description Figures over some items. One that is null has its reason beside it. */
        AgreementFigures: {
            /** @description Items that two or more judged. */
            n: number;
            /**
             * Format: double
             * @description The share of equal pairs of judgements, 0 to 1.
             */
            raw: number | null;
            /**
             * Format: double
             * @description Krippendorff's alpha.
             */
            alpha: number | null;
            alpha_interval: components["schemas"]["Interval"] | null;
            /**
             * Format: double
             * @description Gwet's AC1; null of numbers, which have no categories.
             */
            ac1: number | null;
            /** @description Why the first of these that is null is. */
            reason: string | null;
        };
        /** @description Two reviewers. */
        AgreementPair: {
            one: components["schemas"]["Reviewer"];
            other: components["schemas"]["Reviewer"];
            figures: components["schemas"]["AgreementFigures"];
        };
        /** @description What a comment is about, as it is now. */
        Anchor: {
            turn: string | null;
            step: string | null;
            /** @description Which text of the step: `text`, `input`, `output`, `result`, `error`. */
            field: string | null;
            /**
             * Format: int64
             * @description The first of the words, in Unicode scalar values of the text as `…/content` gives it: where they are now, or where they
             *     were.
             */
            start: number | null;
            /**
             * Format: int64
             * @description After the last.
             */
            end: number | null;
            state: components["schemas"]["AnchorState"];
        };
        /**
         * @description Whether what a comment is about is still there.
         * @enum {string}
         */
        AnchorState: "session" | "turn" | "step" | "placed" | "moved" | "quote_changed" | "unplaced";
        /**
         * @description Where a turn stands in the session's tree.
         * @enum {string}
         */
        Branch: "main" | "abandoned";
        /** @description Tool calls by who attests them. Copies that a fork made count in none. */
        CallsSeen: {
            /**
             * Format: int64
             * @description All of them.
             */
            total: number;
            /**
             * Format: int64
             * @description Those in a transcript (or Cowork's audit log).
             */
            in_transcript: number;
            /**
             * Format: int64
             * @description Those that a hook was called for.
             */
            in_hooks: number;
            /**
             * Format: int64
             * @description Those in telemetry.
             */
            in_telemetry: number;
            /**
             * Format: int64
             * @description Those that one of the three attests.
             */
            by_one: number;
        };
        /** @description The rules. */
        CapturePolicy: {
            /** @description For every project that has no rule of its own. */
            workspace: components["schemas"]["CaptureRule"];
            /** @description Projects with a rule of their own, by name; for a reader who is bound to projects, of these. */
            projects: components["schemas"]["ProjectCaptureRule"][];
        };
        /** @description Another policy, whole. */
        CapturePolicyChange: {
            /**
             * Format: int32
             * @description The revision that was looked at.
             */
            revision: number;
            policy: components["schemas"]["NewCapturePolicy"];
        };
        /** @description A rule. */
        CaptureRule: {
            opt_out: components["schemas"]["OptOut"];
            /** @description What the person is told. */
            notice: string | null;
        };
        /** @description A workspace's capture policy. */
        CaptureSettings: {
            /**
             * Format: int32
             * @description How often the policy was changed: `PUT` names the one that it changes.
             */
            revision: number;
            changed_at: components["schemas"]["Time"] | null;
            /** @description Who changed it last, by name where it is an account that is known. */
            changed_by: string | null;
            /** @description True when the asker may change it. */
            can_change: boolean;
            /** @description True when the workspace erases nothing before its time: then nothing is made private, whatever the policy says. */
            retention_locked: boolean;
            policy: components["schemas"]["CapturePolicy"];
        };
        /** @description What ran the session. */
        Client: {
            /** @description `service.name`, such as `claude-code` or `cowork`. */
            name: string | null;
            /** @description Version of Claude Code (or of the Desktop app); the highest seen. */
            version: string | null;
            /** @description Where the person sat. */
            surface: components["schemas"]["Surface"];
        };
        /** @description A comment. */
        Comment: {
            id: string;
            /** @description The comment that begins its thread; null of that one. */
            reply_to: string | null;
            anchor: components["schemas"]["Anchor"];
            /** @description Null where it was taken back. */
            text: string | null;
            mentions: components["schemas"]["Reviewer"][];
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            edited_at: components["schemas"]["Time"] | null;
            /** @description It was taken back. */
            removed: boolean;
            /** @description What its thread is about is settled. */
            resolved: boolean;
            /** @description Everything that was done to it, the writing first. */
            history: components["schemas"]["CommentVersion"][];
        };
        /**
         * @description What was done to a comment.
         * @enum {string}
         */
        CommentChange: "written" | "edited" | "removed" | "restored" | "resolved" | "reopened";
        /** @description What changes; what is left out stays. */
        CommentEdit: {
            /** @description What it says from now on: its author's to change. */
            text?: string | null;
            /** @description Whom it mentions from now on: its author's to change. */
            mentions?: string[] | null;
            /** @description Taken back, or put back: for its author, owners and admins. */
            removed?: boolean | null;
            /** @description Whether what the thread is about is settled: anybody's to say, of the comment that begins it. */
            resolved?: boolean | null;
        };
        /** @description What was done to a comment. */
        CommentVersion: {
            id: string;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            change: components["schemas"]["CommentChange"];
            /** @description What the comment said from then on; null where it is taken back by now. */
            text: string | null;
        };
        /** @description What to compute. */
        ComputeInput: {
            /** @description The rubric, as it is written. */
            rubric: components["schemas"]["RubricDefinition"];
            /** @description Answers, as far as they are given. */
            answers?: components["schemas"]["RubricAnswer"][];
        };
        /** @description What answers come to. */
        ComputedScore: components["schemas"]["ScoreArithmetic"] & {
            /** @description Items without an answer: a score can be given when there are none. */
            unanswered: string[];
            /** @description What is wrong with the rubric or the answers, all of it. */
            problems: components["schemas"]["RubricProblem"][];
        };
        /**
         * @description Texts of a step.
         * @enum {string}
         */
        ContentFieldName: "text" | "input" | "output" | "result" | "error";
        /** @description A piece of a text. */
        ContentPiece: {
            field: components["schemas"]["ContentFieldName"];
            /** @description Where it begins, in bytes. */
            offset: number;
            /** @description Where the next piece begins; null at the end. */
            next_offset: number | null;
            /** @description The whole text's size. */
            bytes_total: number;
            /** @description The piece. JSON that is no string is written with indents. */
            text: string;
            /** @description What redaction replaced in the piece; what is not whole in it is left out. */
            redactions: components["schemas"]["Redaction"][];
        };
        /** @description A session of a conversation. */
        ConversationSession: {
            id: string;
            title: string | null;
            started_at: components["schemas"]["Time"] | null;
            ended_at: components["schemas"]["Time"] | null;
            /** Format: int64 */
            turns: number;
            /** @description What joins it to an older one. */
            links: components["schemas"]["Link"][];
        };
        /** @description Sessions that belong together. */
        ConversationView: {
            /** @description The first session's id. */
            id: string;
            /** @description Those that the reader may read, by their start. */
            items: components["schemas"]["ConversationSession"][];
        };
        /** @description What an answer should have been. */
        CorrectedAnswer: {
            id: string;
            turn: string;
            /** @description Null where it was taken back. */
            text: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            /** @description The newest of this person on this turn: the others are history. */
            current: boolean;
            /** @description False when the turn is not there any more. */
            placed: boolean;
        };
        /** @description Money, nano-USD, with what it rests on. */
        Cost: {
            /**
             * Format: int64
             * @description Sum of the requests whose cost is known; null when none is.
             */
            cost_nanousd: number | null;
            /**
             * Format: int64
             * @description Requests whose cost is not known.
             */
            unpriced_requests: number;
        };
        /** @description So many of something with a name. */
        Counted: {
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Sessions that it was seen in.
             */
            sessions: number;
            /**
             * Format: int64
             * @description Calls, of what is called.
             */
            calls: number | null;
        };
        /** @description What redaction did, in the sessions that the reader may read. */
        CountsView: {
            /** @description The first day. */
            from: string;
            /** @description The last day. */
            to: string;
            /** @description Replacements. A day and type without any has no row. */
            days: components["schemas"]["RedactionDay"][];
            /** @description Contents that were dropped because they could not be redacted; their metadata is kept. */
            failures: components["schemas"]["RedactionFailure"][];
            /** @description Records of the whole workspace by the version of the rules under which they were looked through last. */
            versions: components["schemas"]["RedactionVersion"][];
            /**
             * Format: int32
             * @description The version in force.
             */
            version: number;
            /**
             * Format: int64
             * @description Records of the whole workspace that stand under older rules: `argus redact rescan` looks through them.
             */
            records_behind: number;
        };
        /** @description What is known of how much of a session was seen. Documented in `docs/coverage.md`. */
        Coverage: {
            /** @description In a word. */
            grade: components["schemas"]["Grade"];
            /** @description Why, the weightiest first. */
            reasons: components["schemas"]["Reason"][];
            /** @description What the grade rests on; lists of sessions leave it out. */
            details?: components["schemas"]["CoverageDetails"];
        };
        /** @description What a grade rests on. */
        CoverageDetails: {
            /** @description Every source that gave a record, with how many and from when to when. */
            witnesses: components["schemas"]["Witness"][];
            /** @description Tool calls by who attests them. */
            calls: components["schemas"]["CallsSeen"];
            /** @description Turns by who attests them. */
            turns: components["schemas"]["TurnsSeen"];
            /** @description Telemetry's events by process, as far as processes can be told apart. */
            processes: components["schemas"]["ProcessSeen"][];
            /** @description Hook events that were seen, with how often. */
            hooks: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @description When the last hook fired.
             */
            last_hook_at: string | null;
            /** @description Versions of Claude Code that were seen, sorted. */
            client_versions: string[];
            /** @description Versions of the capture client that were seen, sorted. */
            capture_versions: string[];
            /** @description Ids of the machines from which records came, sorted. */
            devices: string[];
            /** @description What the capture client says that it lost. */
            lost: components["schemas"]["LossSeen"][];
        };
        /** @description Something that is missing. */
        CoverageGap: {
            /** @description Which, by its code. */
            code: string;
            /**
             * Format: int64
             * @description Sessions.
             */
            sessions: number;
            /**
             * Format: int64
             * @description How many of it in all of them, where that is counted.
             */
            count: number;
        };
        /** @description A machine, and what was seen of its sessions. */
        CoverageMachine: components["schemas"]["CoverageSums"] & {
            /** @description 32 hex digits. */
            id: string;
            /** @description What its owner calls it. */
            name: string | null;
            device: components["schemas"]["Device"] | null;
            last_seen_at: components["schemas"]["Time"] | null;
            last_session_at: components["schemas"]["Time"] | null;
            /** @description Versions of Claude Code in its sessions, with how many. */
            client_versions: components["schemas"]["VersionSessions"][];
            /** @description What its client lost of no session that it could name, by reason. */
            lost_elsewhere: components["schemas"]["LossSeen"][];
        };
        /** @description Sums over sessions. */
        CoverageSums: {
            /** Format: int64 */
            sessions: number;
            /** @description Sessions by grade: every grade, in order. */
            by_grade: components["schemas"]["GradeCount"][];
            /** @description Sessions by the sources that gave records, the most first. */
            by_sources: components["schemas"]["SourcesCount"][];
            /**
             * Format: int64
             * @description Items that capture clients say they lost of them.
             */
            lost: number;
            /**
             * Format: int64
             * @description Numbers that are missing among telemetry's events.
             */
            events_missing: number;
            /**
             * Format: int64
             * @description Sessions with such.
             */
            sessions_with_gaps: number;
            /**
             * Format: int64
             * @description Sessions that went on after the last hook fired.
             */
            quiet_hooks: number;
            /**
             * Format: int64
             * @description Sessions that telemetry tells of and no transcript.
             */
            without_transcript: number;
        };
        /** @description What Cowork's file of a session says beside title, model and working folder. */
        Cowork: {
            /** @description The app's own id of the session, `local_…`. */
            local_id: string | null;
            /** @description The folders that the person chose. */
            folders: string[];
            /** @description The claude.ai projects that the person chose, by id. */
            project_ids: string[];
            /** @description The space it belongs to. */
            space_id: string | null;
        };
        /** @description What was decided of a session or a turn of it. */
        Decided: {
            /** @description The turn that it is of; null for the session as a whole. */
            turn: string | null;
            decision: components["schemas"]["QueueDecision"];
        };
        /**
         * @description Whether a call was let run.
         * @enum {string}
         */
        Decision: "accept" | "reject";
        /** @description A device, by what its client said of itself. */
        Device: {
            /** @description 32 hex digits. */
            id: string;
            name: string;
            os: string;
            arch: string;
            /** @description Version of the capture client. */
            client_version: string;
            /** @description The person of the key that it used last, by e-mail address. */
            person: string | null;
            /** @description The key that it used last. */
            key_id: string;
            first_seen_at: components["schemas"]["Time"];
            last_seen_at: components["schemas"]["Time"];
        };
        /** @description A device's code, as the device shows it. */
        DeviceCode: {
            code: string;
        };
        /** @description A person's answer to a device. */
        DeviceDecision: {
            /** @description The device's code. */
            code: string;
            /** @description True to let it deliver in the person's name. */
            approve: boolean;
        };
        /** @description What a device asks for. */
        DeviceRequest: {
            /** @description What the device calls itself. */
            device_name: string;
            /** @description 32 hex digits, where its client said one. */
            device_id: string | null;
            workspace: string;
            /** @description The projects for which it will deliver. */
            projects: string[];
            asked_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
            /** @description In whose name: the asker's e-mail address. */
            person: string;
        };
        /** @description An edit. */
        EditView: {
            tool: string;
            turn_id: string;
            /** Format: int32 */
            turn_index: number;
            /**
             * Format: int64
             * @description The place of its step in the session's one list.
             */
            step: number;
            agent_id: string | null;
            at: components["schemas"]["Time"] | null;
            lines: components["schemas"]["LinesChanged"] | null;
            /** @description True on a branch that was left behind: not part of the net change. */
            is_abandoned: boolean;
        };
        /** @description A tool's error. */
        ErrorFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            error: string | null;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            error_bytes?: number;
            /** @description Where it stands. */
            error_ref?: components["schemas"]["TextRef"][];
            /** @description True when the only witness shortened it. */
            error_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            error_redactions?: components["schemas"]["Redaction"][];
        };
        /** @description Where the steps that failed stand. */
        ErrorPlaces: {
            /** @description Places in the session's one list of steps, ascending; the first 10,000. */
            indexes: number[];
            version: string;
        };
        /**
         * @description Formats of exports: a document on each line; a table; Markdown, and a replay in one file. The last two are a file each for one
         *     session, an archive of them for several.
         * @enum {string}
         */
        ExportFormat: "jsonl" | "csv" | "md" | "html";
        /**
         * @description Tables of csv.
         * @enum {string}
         */
        ExportTable: "sessions" | "turns" | "steps" | "verdicts" | "scores";
        /**
         * @description How a file came out.
         * @enum {string}
         */
        FileChangeName: "created" | "changed" | "unchanged" | "unknown" | "abandoned";
        /** @description The net change of a file: the difference of its first and its last state. */
        FileDiff: {
            /** @description The difference; null when the two states are not known, or are too long to compare. */
            hunks: components["schemas"]["HunkView"][] | null;
            /** @description True when the difference is longer than what is given: 10,000 lines, 2 MiB. */
            is_cut: boolean;
        };
        /** @description What was changed of a file. */
        FileView: {
            /** @description Its path, as the calls name it. */
            path: string;
            change: components["schemas"]["FileChangeName"];
            lines: components["schemas"]["LinesChanged"] | null;
            /** @description True when that is the difference of the first and the last state; false when it is the sum of the edits. */
            is_exact: boolean;
            /** @description Something else than these edits changed the file in between. */
            was_changed_outside: boolean;
            /** @description The edits, in order. */
            edits: components["schemas"]["EditView"][];
        };
        /**
         * @description What a session changed with its editing tools (Edit, MultiEdit, Write, NotebookEdit), sub-agents included. What commands
         *     changed no source tells.
         */
        FilesView: {
            /** @description The files, by path. */
            items: components["schemas"]["FileView"][];
            /**
             * Format: int64
             * @description Editing calls that changed nothing: failed, not let run, never ended.
             */
            not_applied: number;
            /**
             * Format: int64
             * @description Editing calls of which no source tells the file.
             */
            without_path: number;
            /**
             * Format: int64
             * @description Editing calls beyond the first 5,000.
             */
            left_out: number;
            /**
             * Format: int64
             * @description Commands that ran (`Bash`): what they changed is not known.
             */
            commands: number;
            version: string;
        };
        /** @description How many sessions a list leaves out. */
        FoldedView: {
            /** Format: int64 */
            sessions: number;
            /** @description True when there are more than that: they are not counted any further. */
            more: boolean;
        };
        /** @description A step in which something was found. */
        FoundHit: components["schemas"]["StepHit"] & {
            /**
             * Format: int64
             * @description Its place in the session's one list of steps.
             */
            index: number;
        };
        /** @description Where something stands. */
        FoundPlaces: {
            /** @description Places of all of the steps in the session's one list of steps, ascending; the first 10,000. */
            indexes: number[];
            /** @description Some of the steps, in that order, with what was found. */
            items: components["schemas"]["FoundHit"][];
            /** @description True when there are more than 10,000. */
            capped: boolean;
            lag: components["schemas"]["Lag"];
            version: string;
        };
        /** @description A reference. */
        Gold: {
            session: string;
            turn: string | null;
            /** @description The rubric that the answers are of; null of a verdict. */
            rubric: string | null;
            /**
             * Format: int32
             * @description The version that was answered; null of a verdict.
             */
            version: number | null;
            verdict: string | null;
            /** Format: double */
            percent: number | null;
            answers: components["schemas"]["RubricAnswer"][];
            note: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
        };
        /** @description A reviewer against references. */
        GoldAccuracy: {
            /** @description References that they judged. */
            n: number;
            /** @description References beside those that they judged by a version of the rubric whose score says something else. */
            left_out: number;
            /**
             * Format: double
             * @description The share judged as the reference is, 0 to 1: the same verdict, or a pass where it is one; null with none.
             */
            right: number | null;
            interval: components["schemas"]["Interval"] | null;
            /**
             * Format: double
             * @description The mean of their score less the reference's, in percent; null of verdicts.
             */
            difference: number | null;
            difference_interval: components["schemas"]["Interval"] | null;
        };
        /**
         * @description How much of a session was seen.
         * @enum {string}
         */
        Grade: "complete" | "partial" | "single_witness" | "unknown";
        /** @description How many sessions have a grade. */
        GradeCount: {
            grade: components["schemas"]["Grade"];
            /** Format: int64 */
            sessions: number;
        };
        /** @description A part of a difference, as in a unified diff. */
        HunkView: {
            /** Format: int64 */
            old_start: number;
            /** Format: int64 */
            old_lines: number;
            /** Format: int64 */
            new_start: number;
            /** Format: int64 */
            new_lines: number;
            /** @description Each behind its sign: a space, `+` or `-`. */
            lines: string[];
        };
        /** @description What a tool was given. */
        InputFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            input: Json;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            input_bytes?: number;
            /** @description Where it stands. */
            input_ref?: components["schemas"]["TextRef"];
            /** @description True when the only witness shortened it. */
            input_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            input_redactions?: components["schemas"]["PayloadRedaction"][];
        };
        /** @description Where a figure lies with 95 % confidence. */
        Interval: {
            /** Format: double */
            low: number;
            /** Format: double */
            high: number;
        };
        /** @description An invitation that is open. */
        Invitation: {
            id: string;
            email: string;
            role: components["schemas"]["Role"];
            /** @description Null for all of them. */
            projects: string[] | null;
            /** @description The account that invited. */
            invited_by: string;
            created_at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
        };
        /** @description What was made of it. */
        Judged: {
            /** @description `accepted`, `not_accepted` or `unknown`. */
            acceptance: components["schemas"]["Acceptance"];
            /** @description What says so, in order; absent where nothing does. */
            acceptance_signals?: components["schemas"]["Signal"][];
        };
        /** @description A key, by what may be shown of it. */
        Key: {
            id: string;
            /** @description The token's beginning, by which a person knows it. */
            prefix: string;
            scope: components["schemas"]["KeyScope"];
            /** @description The projects that it is bound to; none for a read key that reads all of them. */
            projects: string[];
            /** @description The person whose own it is. */
            user: string | null;
            created_at: components["schemas"]["Time"];
            revoked_at: components["schemas"]["Time"] | null;
            device: components["schemas"]["KeyDevice"] | null;
        };
        /** @description The device for which a key was made. */
        KeyDevice: {
            /** @description 32 hex digits, where its client said one. */
            id: string | null;
            name: string;
        };
        /**
         * @description What a key is for.
         * @enum {string}
         */
        KeyScope: "ingest" | "read" | "download";
        /** @description How far the index is behind what was captured. */
        Lag: {
            /**
             * Format: int64
             * @description Records that are stored and cannot be searched for yet.
             */
            records: number;
            /**
             * Format: int64
             * @description How long ago the oldest of them came; null when there are none.
             */
            seconds: number | null;
        };
        /**
         * @description Lanes.
         * @enum {string}
         */
        LaneName: "turns" | "model_requests" | "tools" | "sub_agents";
        /** @description A lane. */
        LaneView: {
            lane: components["schemas"]["LaneName"];
            spans: components["schemas"]["SpanView"][];
        };
        /** @description How a reviewer differs from the others on the same items. */
        Leniency: {
            /** @description Items that they and others judged. */
            n: number;
            /**
             * Format: double
             * @description Percent by which they are above the mean of the others: of scores, or of the share of good verdicts.
             */
            difference: number;
            /** @description Where it lies. Holds it zero, nothing was shown. */
            interval: components["schemas"]["Interval"];
        };
        /** @description Lines that a change added and removed. */
        LinesChanged: {
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            removed: number;
        };
        /** @description A fact that joins this session to another one. */
        Link: {
            /** @description `resume`, `fork` or `clear`; `same` where Anthropic's records tell of a session that a client told of too. */
            kind: string;
            /** @description The other session: the older one, or the client's. Absent when only the fact, not the id, is known. */
            session_id?: string;
            /** @description What says so, such as `transcript.requestSessionId`. */
            evidence: string;
        };
        /**
         * @description What a link is for.
         * @enum {string}
         */
        LinkKind: "set_up" | "invitation" | "sign_in" | "reset";
        /** @description A link's token. */
        LinkToken: {
            /** @description What stands behind the `#`. */
            token: string;
        };
        /** @description A link, as far as its holder may know. */
        LinkView: {
            /** @description What it is for. */
            kind: components["schemas"]["LinkKind"];
            /** @description The workspace that it invites to. */
            workspace: string | null;
            role: components["schemas"]["Role"] | null;
            /** @description Whom it is for; null for the set-up. */
            email: string | null;
            /** @description True when the address has an account already, whose password is asked instead of a new one. */
            has_account: boolean;
            /** @description Until when it is good. */
            expires_at: components["schemas"]["Time"];
        };
        /** @description A list that is never long. */
        List_Device: {
            /** @description The rows. */
            items: {
                /** @description 32 hex digits. */
                id: string;
                name: string;
                os: string;
                arch: string;
                /** @description Version of the capture client. */
                client_version: string;
                /** @description The person of the key that it used last, by e-mail address. */
                person: string | null;
                /** @description The key that it used last. */
                key_id: string;
                first_seen_at: components["schemas"]["Time"];
                last_seen_at: components["schemas"]["Time"];
            }[];
        };
        /** @description A list that is never long. */
        List_Gold: {
            /** @description The rows. */
            items: {
                session: string;
                turn: string | null;
                /** @description The rubric that the answers are of; null of a verdict. */
                rubric: string | null;
                /**
                 * Format: int32
                 * @description The version that was answered; null of a verdict.
                 */
                version: number | null;
                verdict: string | null;
                /** Format: double */
                percent: number | null;
                answers: components["schemas"]["RubricAnswer"][];
                note: string | null;
                by: components["schemas"]["Reviewer"];
                at: components["schemas"]["Time"];
            }[];
        };
        /** @description A list that is never long. */
        List_Invitation: {
            /** @description The rows. */
            items: {
                id: string;
                email: string;
                role: components["schemas"]["Role"];
                /** @description Null for all of them. */
                projects: string[] | null;
                /** @description The account that invited. */
                invited_by: string;
                created_at: components["schemas"]["Time"];
                expires_at: components["schemas"]["Time"];
            }[];
        };
        /** @description A list that is never long. */
        List_Key: {
            /** @description The rows. */
            items: {
                id: string;
                /** @description The token's beginning, by which a person knows it. */
                prefix: string;
                scope: components["schemas"]["KeyScope"];
                /** @description The projects that it is bound to; none for a read key that reads all of them. */
                projects: string[];
                /** @description The person whose own it is. */
                user: string | null;
                created_at: components["schemas"]["Time"];
                revoked_at: components["schemas"]["Time"] | null;
                device: components["schemas"]["KeyDevice"] | null;
            }[];
        };
        /** @description A list that is never long. */
        List_McpServerView: {
            /** @description The rows. */
            items: {
                name: string;
                /** @description The machine; null where no capture client tells it. */
                device_id: string | null;
                /** @description What the machine's owner calls it. */
                device_name: string | null;
                /** @description True when the machine lists it; otherwise sessions saw it, and nobody listed it. */
                listed: boolean;
                /** @description `local`, `project`, `user`, `plugin`, `managed`, `connector`, … */
                scope: string | null;
                /** @description `stdio`, `http`, `sse`, `ws`, … */
                transport: string | null;
                /** @description The command's name, or the address without user and query. */
                origin: string | null;
                /** @description The folder that it is for. */
                project: string | null;
                /** @description The plugin that brings it. */
                plugin: string | null;
                /** @description Whether it is switched on; null when that is not known. */
                enabled: boolean | null;
                /** @description Names of the variables that it is given; never their values. */
                env_names: string[];
                /** @description Names of the headers that are sent; never their values. */
                header_names: string[];
                first_listed_at: components["schemas"]["Time"] | null;
                last_listed_at: components["schemas"]["Time"] | null;
                last_seen_at: components["schemas"]["Time"] | null;
                last_used_at: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description Sessions that saw a server of this name there.
                 */
                sessions: number;
                /**
                 * Format: int64
                 * @description Calls of a server of this name there.
                 */
                calls: number;
            }[];
        };
        /** @description A list that is never long. */
        List_Member: {
            /** @description The rows. */
            items: {
                account: string;
                name: string;
                email: string;
                role: components["schemas"]["Role"];
                /** @description The projects that the member is bound to; null for all of them. */
                projects: string[] | null;
                added_at: components["schemas"]["Time"];
            }[];
        };
        /** @description A list that is never long. */
        List_MyQueue: {
            /** @description The rows. */
            items: {
                /** @description The queue's id. */
                queue: string;
                name: string;
                mine: components["schemas"]["QueueMine"];
                /** @description The items that are the reader's now. */
                items: components["schemas"]["QueueItem"][];
            }[];
        };
        /** @description A list that is never long. */
        List_NameView: {
            /** @description The rows. */
            items: {
                name: string;
                /**
                 * Format: int64
                 * @description Of those that the reader may read.
                 */
                sessions: number;
            }[];
        };
        /** @description A list that is never long. */
        List_Queue: {
            /** @description The rows. */
            items: {
                id: string;
                name: string;
                /** @description The rubric that items are scored by; null: by verdicts. */
                rubric: string | null;
                kind: components["schemas"]["QueueKind"];
                scope: components["schemas"]["RubricScope"];
                /** Format: int32 */
                reviewers_per_item: number;
                blind: boolean;
                /** Format: int32 */
                due_days: number | null;
                /** Format: int32 */
                reservation_minutes: number;
                /** @description The accounts that it is for; none: everybody who may judge. Null for who does not manage queues. */
                reviewers: string[] | null;
                /** @description What fills it; null for who does not manage queues: it says what an item is likely to be. */
                rules: components["schemas"]["QueueRule"][] | null;
                /**
                 * Format: int32
                 * @description About one of how many places is taken by a session with a reference; null too for who does not manage queues.
                 */
                gold_every: number | null;
                closed: boolean;
                counts: components["schemas"]["QueueCounts"];
                mine: components["schemas"]["QueueMine"];
                /**
                 * Format: int32
                 * @description How often it was set up.
                 */
                revision: number;
                /** @description When it was set up last. */
                at: components["schemas"]["Time"];
            }[];
        };
        /** @description A list that is never long. */
        List_ReviewerName: {
            /** @description The rows. */
            items: {
                /** @description The account's id. */
                id: string;
                name: string;
            }[];
        };
        /** @description A list that is never long. */
        List_Rubric: {
            /** @description The rows. */
            items: {
                id: string;
                /**
                 * Format: int32
                 * @description Which version this is.
                 */
                version: number;
                /**
                 * Format: int32
                 * @description The newest that there is.
                 */
                newest_version: number;
                name: string;
                description: string;
                scope: components["schemas"]["RubricScope"];
                /**
                 * Format: int32
                 * @description From how many percent on a score is a pass.
                 */
                pass_percent: number;
                sections: components["schemas"]["RubricSection"][];
                /**
                 * @description Decisions that guide its use, of all versions, the oldest first: those whose sessions the reader may read
                 *     and nobody reviews blind. Those that came of no session are for who reads all of the workspace or judges.
                 */
                precedents: components["schemas"]["Precedent"][];
                /** @description Whether nothing new is scored by it any more. */
                retired: boolean;
                /** @description Whether it came with this program. */
                starter: boolean;
                at: components["schemas"]["Time"] | null;
                by: components["schemas"]["Reviewer"] | null;
            }[];
        };
        /** @description A list that is never long. */
        List_Share: {
            /** @description The rows. */
            items: {
                id: string;
                session: string;
                /** @description The session's title. */
                title: string | null;
                turns: components["schemas"]["SharedTurns"] | null;
                tool_outputs: boolean;
                thinking: boolean;
                reviews: boolean;
                words: string[];
                patterns: string[];
                note: string | null;
                /** @description Who made it, by name. */
                by: string;
                at: components["schemas"]["Time"];
                expires_at: components["schemas"]["Time"];
                revoked_at: components["schemas"]["Time"] | null;
                state: components["schemas"]["ShareState"];
                /** Format: int64 */
                openings: number;
                last_opened_at: components["schemas"]["Time"] | null;
            }[];
        };
        /** @description A list that is never long. */
        List_ShareOpening: {
            /** @description The rows. */
            items: {
                at: components["schemas"]["Time"];
                /** @description The same for two openings of this link from the same network; it says nothing else. */
                visitor: string;
            }[];
        };
        /** @description A list that is never long. */
        List_SignInView: {
            /** @description The rows. */
            items: {
                id: string;
                created_at: components["schemas"]["Time"];
                /** @description To the minute. */
                last_seen_at: components["schemas"]["Time"];
                /** @description When it ends: at its absolute end, or earlier if it is not used. */
                expires_at: components["schemas"]["Time"];
                /** @description What the browser said of itself. */
                user_agent: string;
                /** @description The address it came from; empty when that is not known. */
                address: string;
                /** @description True for the one that asks. */
                current: boolean;
            }[];
        };
        /** @description A list that is never long. */
        List_SkillVersion: {
            /** @description The rows. */
            items: {
                name: string;
                /** @description Hash of the skill's folder, lower-case hex. */
                hash: string;
                /** @description The version that its front matter declares. */
                label: string | null;
                /** @description True when another version of this skill declares the same label. */
                label_reused: boolean;
                /** @description Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`. */
                origins: string[];
                /** @description The plugin that brings it. */
                plugin: string | null;
                /**
                 * Format: int64
                 * @description Sessions that had it in reach.
                 */
                sessions: number;
                /**
                 * Format: int64
                 * @description Sessions in which it ran.
                 */
                ran: number;
                /** @description Of those, by whether it was the same at its run as when the session began. */
                states: components["schemas"]["SkillStateCount"][];
                /**
                 * Format: int64
                 * @description Machines on which it was seen.
                 */
                machines: number;
                first_seen_at: components["schemas"]["Time"] | null;
                last_seen_at: components["schemas"]["Time"] | null;
                last_ran_at: components["schemas"]["Time"] | null;
                /**
                 * Format: int64
                 * @description How many files it consists of; null when no machine told them that the reader may ask.
                 */
                files: number | null;
                /**
                 * Format: int64
                 * @description Their bytes.
                 */
                bytes: number | null;
            }[];
        };
        /** @description A list that is never long. */
        List_Tag: {
            /** @description The rows. */
            items: {
                id: string;
                /** @description The turn that it is of; null for the session as a whole. */
                turn: string | null;
                tag: string;
                by: components["schemas"]["Reviewer"];
                at: components["schemas"]["Time"];
                /** @description False when the turn is not there any more. */
                placed: boolean;
            }[];
        };
        /** @description A list that is never long. */
        List_View: {
            /** @description The rows. */
            items: {
                id: string;
                name: string;
                /** @description Of the filter language. */
                filter: string;
                /** @description By what it is sorted: `started`, `cost`, `duration` or `errors`. */
                sort: string;
                /** @description Kinds of sessions that it leaves out: `automated`, `single_turn`. */
                fold: string[];
                /** @description Whether others see it. */
                shared: boolean;
                /** @description Whether it comes with the program: it cannot be changed. */
                preset: boolean;
                /** @description Whether it is the asking person's own. */
                mine: boolean;
                /** @description Whether the asking person may change and delete it. */
                may_change: boolean;
            }[];
        };
        /** @description A list that is never long. */
        List_WorkspaceGrant: {
            /** @description The rows. */
            items: {
                name: string;
                /** @description `privacy`: sessions can be erased; `retention-locked`: nothing can before its time. */
                mode: string;
                role: components["schemas"]["Role"] | null;
                /** @description The projects that it is bound to; null for all of them. */
                projects: string[] | null;
                permissions: components["schemas"]["Permission"][];
            }[];
        };
        /** @description A record and the step that rests on it. */
        ListedRecord: components["schemas"]["RecordHead"] & {
            /**
             * Format: int64
             * @description The place, in the session's one list, of the first step that rests on it; null when none does.
             */
            step: number | null;
        };
        /** @description What a capture client says that it lost, for one reason. */
        LossSeen: {
            /** @description `spool_full`, `too_old`, `corrupt_segment`, `refused`, `unreadable`, or a word of a later client. */
            reason: string;
            /**
             * Format: int64
             * @description Envelopes, or what would have become some.
             */
            count: number;
            /**
             * Format: int64
             * @description Bytes.
             */
            bytes: number;
            /** @description By the source that they were of. */
            by_source: {
                [key: string]: number;
            };
            /**
             * Format: date-time
             * @description From when.
             */
            from: string | null;
            /**
             * Format: date-time
             * @description Until when.
             */
            to: string | null;
        };
        /** @description An invitation just made. */
        MadeInvitation: {
            id: string;
            /** @description The token of its link, shown once: the link is the server's address, `/link#` and the token. */
            link_token: string;
            expires_at: components["schemas"]["Time"];
        };
        /** @description A key just made. */
        MadeKey: {
            id: string;
            /** @description The token, shown once. */
            token: string;
        };
        /** @description What became of it. */
        MadePrivateView: {
            outcome: components["schemas"]["PrivateOutcome"];
            notice: string | null;
        };
        /** @description A link just made. */
        MadeShare: {
            id: string;
            /** @description The path of its address on this server, with its token: shown once. */
            path: string;
        };
        /**
         * @description What is marked.
         * @enum {string}
         */
        MarkName: "error" | "skill" | "compaction";
        /** @description A mark: one, or several of a kind in one bin. */
        MarkView: {
            kind: components["schemas"]["MarkName"];
            /**
             * Format: int64
             * @description Where the first is.
             */
            at: number;
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description The place of the first one's step.
             */
            step: number;
            /** @description The skill's or the failed tool's name, of the first. */
            name: string | null;
        };
        /** @description An MCP server seen in the session. */
        McpServer: {
            /** @description Its name. */
            name: string;
            /** @description `project`, `user`, `local`, … */
            scope: string | null;
            /** @description `stdio`, `http`, `sse`, … */
            transport: string | null;
            /**
             * Format: int64
             * @description Calls in turns that count.
             */
            calls: number;
            /**
             * Format: date-time
             * @description When it was last called.
             */
            last_used_at: string | null;
        };
        /** @description An MCP server: on a machine, or in sessions whose machine is not known. */
        McpServerView: {
            name: string;
            /** @description The machine; null where no capture client tells it. */
            device_id: string | null;
            /** @description What the machine's owner calls it. */
            device_name: string | null;
            /** @description True when the machine lists it; otherwise sessions saw it, and nobody listed it. */
            listed: boolean;
            /** @description `local`, `project`, `user`, `plugin`, `managed`, `connector`, … */
            scope: string | null;
            /** @description `stdio`, `http`, `sse`, `ws`, … */
            transport: string | null;
            /** @description The command's name, or the address without user and query. */
            origin: string | null;
            /** @description The folder that it is for. */
            project: string | null;
            /** @description The plugin that brings it. */
            plugin: string | null;
            /** @description Whether it is switched on; null when that is not known. */
            enabled: boolean | null;
            /** @description Names of the variables that it is given; never their values. */
            env_names: string[];
            /** @description Names of the headers that are sent; never their values. */
            header_names: string[];
            first_listed_at: components["schemas"]["Time"] | null;
            last_listed_at: components["schemas"]["Time"] | null;
            last_seen_at: components["schemas"]["Time"] | null;
            last_used_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Sessions that saw a server of this name there.
             */
            sessions: number;
            /**
             * Format: int64
             * @description Calls of a server of this name there.
             */
            calls: number;
        };
        /** @description The MCP side of a tool call. */
        McpTool: {
            /** @description Server name. */
            server: string | null;
            /** @description Tool name on that server. */
            tool: string | null;
        };
        /** @description A member. */
        Member: {
            account: string;
            name: string;
            email: string;
            role: components["schemas"]["Role"];
            /** @description The projects that the member is bound to; null for all of them. */
            projects: string[] | null;
            added_at: components["schemas"]["Time"];
        };
        /** @description What changes; what is left out stays. */
        MemberChange: {
            role?: components["schemas"]["Role"] | null;
            /** @description Projects; null for all of them. */
            projects?: string[] | null;
        };
        /** @description A comment that mentions the reader. */
        Mention: {
            /** @description The comment's id. */
            comment: string;
            session: string;
            /** @description The turn that it is about. */
            turn: string | null;
            text: string;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            read_at: components["schemas"]["Time"] | null;
        };
        /** @description Comments that mention the reader. */
        Mentions: {
            /** @description The newest first. */
            items: components["schemas"]["Mention"][];
            /**
             * Format: int64
             * @description How many the reader is not done with, of all.
             */
            unread: number;
            /** @description Where the next page begins, for `cursor`; null at the end. */
            next: string | null;
        };
        /** @description Which mentions. */
        MentionsRead: {
            /** @description The comments' ids; without any named, all of them. */
            comments?: string[] | null;
        };
        /** @description A request to the model. */
        ModelRequest: components["schemas"]["TokenTotals"] & {
            /** @description The model that answered. */
            model: string | null;
            /** @description `req_…`. */
            request_id: string | null;
            /**
             * Format: int64
             * @description Cost in nano-USD; null when not known.
             */
            cost_nanousd: number | null;
            /** @description `otel` (what the client computed) or `price_table`; null when there is no cost. */
            cost_from: string | null;
            /**
             * Format: int64
             * @description Time to first token.
             */
            ttft_us: number | null;
            /** @description `sdk`, `repl_main_thread`, `compact`, `agent:…`. */
            query_source: string | null;
            /** @description `end_turn`, `tool_use`, `refusal`, … */
            stop_reason: string | null;
            /**
             * Format: int64
             * @description Attempts it took.
             */
            attempts: number | null;
        };
        /** @description What the reader has to do in one queue. */
        MyQueue: {
            /** @description The queue's id. */
            queue: string;
            name: string;
            mine: components["schemas"]["QueueMine"];
            /** @description The items that are the reader's now. */
            items: components["schemas"]["QueueItem"][];
        };
        /** @description A name and how many sessions have it. */
        NameView: {
            name: string;
            /**
             * Format: int64
             * @description Of those that the reader may read.
             */
            sessions: number;
        };
        /** @description What a comment is about: nothing named is the session as a whole. */
        NewAnchor: {
            turn?: string | null;
            step?: string | null;
            field?: components["schemas"]["ContentFieldName"] | null;
            /**
             * Format: int64
             * @description The first of the words, in Unicode scalar values of the text as `…/content` gives it.
             */
            start?: number | null;
            /**
             * Format: int64
             * @description After the last; at most 20,000 further.
             */
            end?: number | null;
            /** @description The words as their reader saw them: where the text is another by now, nothing is written. Not kept. */
            quote?: string | null;
        };
        /** @description What an answer should have been. */
        NewAnswer: {
            turn: string;
            /** @description At most 50,000 characters; without one, what the reader wrote is taken back. */
            text?: string | null;
            /** @description The item of a queue that it is written for. */
            queue_item?: string | null;
        };
        /** @description The rules, as they are given. */
        NewCapturePolicy: {
            workspace: components["schemas"]["NewCaptureRule"];
            projects?: components["schemas"]["NewProjectCaptureRule"][];
        };
        /** @description A rule, as it is given. */
        NewCaptureRule: {
            opt_out: components["schemas"]["OptOut"];
            /** @description What the person is told: plain text, at most 2,000 bytes. */
            notice?: string | null;
        };
        /** @description A comment. */
        NewComment: {
            /** @description Of a reply, what its thread is about, whatever is given. */
            anchor?: components["schemas"]["NewAnchor"];
            /** @description At most 10,000 characters. */
            text: string;
            /** @description The comment that it answers. */
            reply_to?: string | null;
            /** @description The accounts that it is to reach, by id: reviewers who may read the session, at most 20. */
            mentions?: string[];
            /** @description The item of a queue that it is written for. */
            queue_item?: string | null;
        };
        /** @description A reference to be set, or taken away. */
        NewGold: {
            session: string;
            turn?: string | null;
            /** @description The rubric that the answers are of, in its newest version; null for a verdict. */
            rubric?: string | null;
            answers?: components["schemas"]["RubricAnswer"][];
            /** @description Good or wrong. */
            verdict?: string | null;
            note?: string | null;
            /** @description True to take the reference away. */
            remove?: boolean;
        };
        /** @description Whom to invite, to do what. */
        NewInvitation: {
            email: string;
            role: components["schemas"]["Role"];
            /** @description Null for all of them. */
            projects?: string[] | null;
        };
        /** @description A key to be made. */
        NewKey: {
            scope: components["schemas"]["KeyScope"];
            /** @description The projects that it is bound to: at least one to deliver; none to read all of them. */
            projects?: string[];
            /** @description The member whose own it is, by account: what it delivers is that person's. Only to deliver. */
            account?: string | null;
        };
        /** @description A precedent. */
        NewPrecedent: {
            /** @description What was decided. */
            text: string;
            /** @description The session that it came of. The precedent goes with the session when that is erased; without one it stays. */
            session?: string | null;
            turn?: string | null;
        };
        /** @description A project's rule, as it is given. */
        NewProjectCaptureRule: {
            project: string;
            opt_out: components["schemas"]["OptOut"];
            /** @description What the person is told: plain text, at most 2,000 bytes. */
            notice?: string | null;
        };
        /** @description How a queue is set up. */
        NewQueue: {
            name: string;
            /** @description The rubric that items are scored by; null: by verdicts. */
            rubric?: string | null;
            kind?: components["schemas"]["QueueKind"];
            /** @description What an item is: a session, or a turn. The same as the rubric is of. */
            scope?: components["schemas"]["RubricScope"];
            /**
             * Format: int32
             * @description How many judge each item, 1 to 20. A calibration takes everybody.
             */
            reviewers_per_item?: number;
            /** @description Whether nobody sees what others said until all have judged an item. */
            blind?: boolean;
            /**
             * Format: int32
             * @description Days after which an item is due.
             */
            due_days?: number | null;
            /**
             * Format: int32
             * @description How long an item is somebody's who took it.
             */
            reservation_minutes?: number;
            /** @description The accounts that it is for; none: everybody who may judge. */
            reviewers?: string[];
            rules?: components["schemas"]["QueueRule"][];
            /**
             * Format: int32
             * @description About one of how many places is taken by a session with a reference, 2 to 100; null: none is. Blind queues only.
             */
            gold_every?: number | null;
            /**
             * Format: int32
             * @description The revision that was looked at, where a queue is changed.
             */
            revision?: number | null;
        };
        /** @description What is decided. */
        NewQueueDecision: {
            /** @description The verdict that holds: good or wrong. */
            verdict?: string | null;
            /** @description The answers that hold, to the newest version of the queue's rubric. */
            answers?: components["schemas"]["RubricAnswer"][] | null;
            /** @description Why. */
            text: string;
        };
        /** @description Sessions to be put into a queue. */
        NewQueueItems: {
            /** @description These sessions, at most 500. */
            sessions?: string[];
            /** @description Or the newest 500 that this filter finds. */
            filter?: string | null;
            /** @description The turn, of one session. In a queue of turns, one of each session's turns is drawn where none is named. */
            turn?: string | null;
            /** @description Why. */
            reason: string;
        };
        /** @description An own dictionary, as it is given. */
        NewRedactionDictionary: {
            /** @description The type in its placeholders: lower-case letters, digits and `-`. */
            name: string;
            /** @description The words; one may hold spaces. Found as whole words, whatever their case. */
            words: string[];
        };
        /** @description An own pattern, as it is given. */
        NewRedactionPattern: {
            /** @description The type in its placeholders: lower-case letters, digits and `-`. */
            name: string;
            /** @description A regular expression without look-around and back references. Group 1, if there is one, is what is replaced. */
            pattern: string;
            ignore_case?: boolean;
            /** @description Placeholders carry the keyed hash of what they replaced. Off for what can be guessed. */
            fingerprint?: boolean;
        };
        /** @description A policy, as it is given. What is left out is as in a workspace that decided nothing. */
        NewRedactionPolicy: {
            /** @description Built-in rules that are off, by name. */
            off?: string[];
            patterns?: components["schemas"]["NewRedactionPattern"][];
            dictionaries?: components["schemas"]["NewRedactionDictionary"][];
            /** @description Identity attributes are replaced by pseudonyms. */
            pseudonyms?: boolean;
        };
        /** @description A score to be given. */
        NewScore: {
            /** @description The rubric's id. */
            rubric: string;
            /**
             * Format: int32
             * @description The version that was answered.
             */
            version: number;
            /** @description The turn, where the rubric is of turns. */
            turn?: string | null;
            /** @description An answer to each of its items. */
            answers: components["schemas"]["RubricAnswer"][];
            comment?: string | null;
            /** @description The item of a queue that it is given for. */
            queue_item?: string | null;
        };
        /** @description A link to be made. */
        NewShare: {
            /** @description What it shows. */
            content: components["schemas"]["ShareRequest"];
            /**
             * @description The preview that was looked at, of the same content: the link shows what it showed, and nothing that came since. Without,
             *     what there is when the link is made.
             */
            preview?: string | null;
            /**
             * Format: int32
             * @description How many days it is good for, 1 to 90.
             */
            days: number;
        };
        /** @description A verdict. */
        NewVerdict: {
            /** @description The turn; without one, the session as a whole. */
            turn?: string | null;
            verdict: components["schemas"]["VerdictWord"];
            /** @description Why, in at most 2,000 characters. A wrong one needs it. */
            reason?: string | null;
            /** @description The item of a queue that it is given for. */
            queue_item?: string | null;
        };
        /** @description The next item, and how far the reviewer is. */
        NextQueueItem: {
            item: components["schemas"]["QueueItem"] | null;
            progress: components["schemas"]["QueueProgress"];
        };
        /**
         * @description What becomes of a session that its person makes private.
         * @enum {string}
         */
        OptOut: "allowed" | "content_off" | "forbidden";
        /**
         * @description How a turn ended.
         * @enum {string}
         */
        Outcome: "answered" | "interrupted" | "withdrawn" | "refused" | "failed" | "open" | "unknown";
        /** @description What the model saw of a tool's work. */
        OutputFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            output: Json;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            output_bytes?: number;
            /** @description Where it stands. */
            output_ref?: components["schemas"]["TextRef"];
            /** @description True when the only witness shortened it. */
            output_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            output_redactions?: components["schemas"]["PayloadRedaction"][];
        };
        /** @description What the reader's word makes of a session. */
        OwnOptOut: {
            opt_out: components["schemas"]["OptOut"];
            /** @description The policy's words for the person. */
            notice: string | null;
        };
        /** @description The sign-in that asks. */
        OwnSignIn: {
            id: string;
            /** @description When it ends, used or not. */
            expires_at: components["schemas"]["Time"];
        };
        /** @description A page of a list. */
        Page_QueueItem: {
            /** @description The rows. */
            items: {
                id: string;
                queue: string;
                session: string;
                turn: string | null;
                /** @description Its state. Of an item that is blind a reviewer is told what follows from what they did themselves only. */
                state: components["schemas"]["QueueItemState"];
                reason: components["schemas"]["QueueReason"];
                added_at: components["schemas"]["Time"];
                due_at: components["schemas"]["Time"] | null;
                reserved_until: components["schemas"]["Time"] | null;
                /** @description Whether it is the reader's now: reserved or given to them. */
                mine: boolean;
                my_part: components["schemas"]["QueuePart"] | null;
                /** Format: int32 */
                reviewers_needed: number;
                /**
                 * Format: int32
                 * @description How many have judged it; null while that is hidden.
                 */
                reviewers_done: number | null;
                /**
                 * @description Whether what others said is hidden: by this queue, or by another that the session is in. In a queue that has references it is to
                 *     who does not manage it, until it is closed.
                 */
                blind: boolean;
                /**
                 * @description Who has to do with it, and what they said. While it is blind: the reader alone; for who manages queues, all names and nothing of
                 *     what others said.
                 */
                parts: components["schemas"]["QueueItemPart"][];
                /**
                 * Format: double
                 * @description How far the scores lie apart, in percent; null with fewer than two.
                 */
                spread: number | null;
                decision: components["schemas"]["QueueDecision"] | null;
                /** @description Whether reviewers are compared with a reference here; null for who does not manage queues. */
                gold: boolean | null;
            }[];
            /** @description Where the next page begins, for `cursor`; null at the end. */
            next: string | null;
        };
        /** @description A page of a list. */
        Page_Tombstone: {
            /** @description The rows. */
            items: {
                /** @description The session id's keyed hash, hex: the id itself is gone. */
                session_hash: string;
                kind: components["schemas"]["TombstoneKind"];
                policy: components["schemas"]["OptOut"] | null;
                at: components["schemas"]["Time"];
                /** @description Who did it: an account's name, a key's id; null of what was erased before this was noted. */
                by: string | null;
                /** @description True when a key did it: a capture client. */
                by_key: boolean;
                /** @description The person, by e-mail address, where the key or the account is one's. */
                person: string | null;
                /** @description The projects that it was of, as far as they were known. */
                projects: string[];
            }[];
            /** @description Where the next page begins, for `cursor`; null at the end. */
            next: string | null;
        };
        /** @description The old password and the new one. */
        PasswordChange: {
            old: string;
            /** @description At least 12 characters. */
            new: string;
        };
        /** @description A replacement in a string of a JSON value. */
        PayloadRedaction: {
            /** @description JSON pointer to the string; empty where the value is one itself. */
            pointer: string;
            /** @description The type of what was replaced. */
            kind: string;
            /**
             * Format: int32
             * @description Where its placeholder starts in the string, in bytes of UTF-8.
             */
            start: number;
            /**
             * Format: int32
             * @description Where it ends.
             */
            end: number;
        };
        /**
         * @description What a route asks for.
         * @enum {string}
         */
        Permission: "public" | "self" | "workspace.read" | "sessions.read" | "members.read" | "members.write" | "keys.read" | "keys.write" | "redaction.read" | "redaction.write" | "capture.read" | "capture.write" | "reviews.write" | "reviews.manage" | "sessions.export" | "shares.write";
        /** @description What a plugin from this server would have in it. */
        Plugin: {
            /** @description The release. */
            version: string;
            /** @description Where its client would deliver: the address under which this was asked. */
            endpoint: string;
            /** @description Claude Code takes the plugin from an address only by https, and not from this machine itself. */
            is_https: boolean;
            /** @description Platforms that there is a program for, such as `linux-x86_64`. */
            platforms: string[];
            /** @description Platforms that there is none for. */
            missing: string[];
            /** @description Whether these send by shell and curl; redaction is then the server's alone. */
            fallback: boolean;
        };
        /** @description A decision that guides the use of a rubric. */
        Precedent: {
            text: string;
            /** @description The session that it came of: it goes with the session when that is erased. */
            session: string | null;
            turn: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
        };
        /**
         * @description What kind of principal.
         * @enum {string}
         */
        PrincipalKind: "account" | "key";
        /**
         * @description What became of a session.
         * @enum {string}
         */
        PrivateOutcome: "private" | "content_off" | "forbidden";
        /** @description The events of one process, as far as it can be told: numbers that go on, until they begin again. */
        ProcessSeen: {
            /** @description The version that it says it is. */
            version: string | null;
            /**
             * Format: int64
             * @description The first number, from 0.
             */
            first: number;
            /**
             * Format: int64
             * @description The last.
             */
            last: number;
            /**
             * Format: int64
             * @description Events that are there.
             */
            seen: number;
            /**
             * Format: int64
             * @description Numbers between the first and the last that are not.
             */
            missing: number;
            /**
             * @description True when its earlier events stand under another session's id: a resume begins under a throw-away one, and `/clear` goes
             *     on under a new one. Found when read; false for one whose first number is 0, and where it is not known.
             */
            goes_on?: boolean;
            /**
             * Format: date-time
             * @description When the first was.
             */
            first_at: string | null;
            /**
             * Format: date-time
             * @description When the last was.
             */
            last_at: string | null;
        };
        /** @description A project's rule. */
        ProjectCaptureRule: components["schemas"]["CaptureRule"] & {
            project: string;
        };
        /** @description What was asked. */
        Prompt: components["schemas"]["TextFields"] & {
            /** @description What kind of prompt. */
            kind: components["schemas"]["PromptKind"];
            /** @description The command or skill, for the kinds that have one, such as `/release-notes`. */
            command?: string;
        };
        /**
         * @description Kinds of prompts.
         * @enum {string}
         */
        PromptKind: "typed" | "queued" | "slash_command" | "skill" | "mcp_prompt" | "bash" | "task_notification" | "builtin_command" | "unknown";
        /** @description The proof that a record is in the workspace's ledger, a Merkle tree as in RFC 6962, section 2.1. Hashes are lower-case hex. */
        Proof: {
            /** @description The leaf's 104 bytes: no content and no id stands in them, only keyed hashes, times and the commitment. */
            leaf: string;
            /** @description SHA-256 of a zero byte and the leaf. */
            leaf_hash: string;
            /** @description The salted commitment to the content, as the leaf holds it. */
            commitment: string;
            /**
             * Format: int64
             * @description The leaf's place.
             */
            index: number;
            /**
             * Format: int64
             * @description Leaves of the tree that the path leads to.
             */
            tree_size: number;
            /** @description The root of that tree. */
            root: string;
            /** @description The inclusion path, from the leaf up. */
            path: string[];
        };
        /** @description A queue. */
        Queue: {
            id: string;
            name: string;
            /** @description The rubric that items are scored by; null: by verdicts. */
            rubric: string | null;
            kind: components["schemas"]["QueueKind"];
            scope: components["schemas"]["RubricScope"];
            /** Format: int32 */
            reviewers_per_item: number;
            blind: boolean;
            /** Format: int32 */
            due_days: number | null;
            /** Format: int32 */
            reservation_minutes: number;
            /** @description The accounts that it is for; none: everybody who may judge. Null for who does not manage queues. */
            reviewers: string[] | null;
            /** @description What fills it; null for who does not manage queues: it says what an item is likely to be. */
            rules: components["schemas"]["QueueRule"][] | null;
            /**
             * Format: int32
             * @description About one of how many places is taken by a session with a reference; null too for who does not manage queues.
             */
            gold_every: number | null;
            closed: boolean;
            counts: components["schemas"]["QueueCounts"];
            mine: components["schemas"]["QueueMine"];
            /**
             * Format: int32
             * @description How often it was set up.
             */
            revision: number;
            /** @description When it was set up last. */
            at: components["schemas"]["Time"];
        };
        /** @description How many of the items that the reader may read are in each state. */
        QueueCounts: {
            /** Format: int64 */
            needs_review: number;
            /** Format: int64 */
            in_review: number;
            /** Format: int64 */
            needs_others: number;
            /** Format: int64 */
            disputed: number;
            /** Format: int64 */
            complete: number;
        };
        /** @description What was decided of an item. */
        QueueDecision: {
            /** @description Why. */
            text: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            verdict: string | null;
            score: string | null;
            /** Format: double */
            percent: number | null;
            passed: boolean | null;
        };
        /** @description What filling did. */
        QueueFilled: {
            /**
             * Format: int64
             * @description Items that were added.
             */
            added: number;
            /**
             * Format: int64
             * @description Random samples that were drawn: one for each project and week.
             */
            samples: number;
        };
        /** @description An item of a queue. */
        QueueItem: {
            id: string;
            queue: string;
            session: string;
            turn: string | null;
            /** @description Its state. Of an item that is blind a reviewer is told what follows from what they did themselves only. */
            state: components["schemas"]["QueueItemState"];
            reason: components["schemas"]["QueueReason"];
            added_at: components["schemas"]["Time"];
            due_at: components["schemas"]["Time"] | null;
            reserved_until: components["schemas"]["Time"] | null;
            /** @description Whether it is the reader's now: reserved or given to them. */
            mine: boolean;
            my_part: components["schemas"]["QueuePart"] | null;
            /** Format: int32 */
            reviewers_needed: number;
            /**
             * Format: int32
             * @description How many have judged it; null while that is hidden.
             */
            reviewers_done: number | null;
            /**
             * @description Whether what others said is hidden: by this queue, or by another that the session is in. In a queue that has references it is to
             *     who does not manage it, until it is closed.
             */
            blind: boolean;
            /**
             * @description Who has to do with it, and what they said. While it is blind: the reader alone; for who manages queues, all names and nothing of
             *     what others said.
             */
            parts: components["schemas"]["QueueItemPart"][];
            /**
             * Format: double
             * @description How far the scores lie apart, in percent; null with fewer than two.
             */
            spread: number | null;
            decision: components["schemas"]["QueueDecision"] | null;
            /** @description Whether reviewers are compared with a reference here; null for who does not manage queues. */
            gold: boolean | null;
        };
        /** @description Somebody's part in an item. */
        QueueItemPart: {
            by: components["schemas"]["Reviewer"];
            part: components["schemas"]["QueuePart"];
            at: components["schemas"]["Time"];
            /** @description What they said: good or wrong. */
            verdict: string | null;
            /** @description The score's id. */
            score: string | null;
            /** Format: double */
            percent: number | null;
            passed: boolean | null;
            skip_reason: string | null;
        };
        /** @description To whom an item is given. */
        QueueItemReassign: {
            /** @description The account's id. */
            to: string;
        };
        /** @description Why an item is skipped. */
        QueueItemSkip: {
            reason: string;
        };
        /**
         * @description In which state an item is.
         * @enum {string}
         */
        QueueItemState: "needs_review" | "in_review" | "needs_others" | "disputed" | "complete";
        /** @description What was put in. */
        QueueItemsAdded: {
            /**
             * Format: int64
             * @description How many: those that were in it are not put in again.
             */
            added: number;
        };
        /**
         * @description What a queue is for.
         * @enum {string}
         */
        QueueKind: "review" | "calibration";
        /** @description What the reader has to do with a queue. */
        QueueMine: {
            /**
             * Format: int64
             * @description Items that are theirs now.
             */
            open: number;
            /**
             * Format: int64
             * @description Items that they judged.
             */
            done: number;
            /**
             * Format: int64
             * @description Items that they could judge now, those that are theirs included.
             */
            available: number;
            due_at: components["schemas"]["Time"] | null;
        };
        /**
         * @description What somebody has to do with an item.
         * @enum {string}
         */
        QueuePart: "reserved" | "assigned" | "done" | "skipped" | "released";
        /** @description How far a reviewer is with a queue. */
        QueueProgress: {
            /**
             * Format: int64
             * @description Items that they judged.
             */
            done: number;
            /**
             * Format: int64
             * @description Those, and the ones that they could judge now.
             */
            total: number;
        };
        /** @description Why an item is in its queue. */
        QueueReason: {
            /**
             * @description `hand`, `new_skill_version`, `random`, `errors`, `not_accepted`, `view`, `gone` when it went with the session's content,
             *     or `hidden`, without a text: while the item is blind, only who manages queues is told.
             */
            kind: string;
            /** @description In words. */
            text: string;
            skill?: string | null;
            /** @description The hash of the skill's folder. */
            hash?: string | null;
            /**
             * Format: int32
             * @description The how-manieth session that ran it.
             */
            place?: number | null;
            seed?: string | null;
            project?: string | null;
            week?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How many sessions there were.
             */
            population?: number | null;
            /**
             * Format: int64
             * @description How many of them were drawn.
             */
            drawn?: number | null;
            filter?: string | null;
        };
        /** @description What puts sessions into a queue by itself. */
        QueueRule: {
            /** @description Of this skill only; null: of any. */
            skill: string | null;
            /**
             * Format: int32
             * @description How many of each version.
             */
            sessions?: number;
            /** @enum {string} */
            kind: "new_skill_version";
        } | {
            /**
             * Format: double
             * @description Which share, in percent; rounded up, so that each project has at least one.
             */
            percent: number;
            /** @description What is drawn by: the same seed draws the same. */
            seed: string;
            /** @description From what is drawn by itself. */
            per?: components["schemas"]["SampleStratum"];
            /** @enum {string} */
            kind: "random";
        } | {
            /** @description Only those that this filter finds too. */
            filter: string | null;
            /** @enum {string} */
            kind: "errors";
        } | {
            /** @description Only those that this filter finds too. */
            filter: string | null;
            /** @enum {string} */
            kind: "not_accepted";
        } | {
            /** @description The filter. */
            filter: string;
            /** @enum {string} */
            kind: "view";
        };
        /** @description An estimate with what it rests on. */
        RateEstimate: {
            /**
             * Format: double
             * @description Each stratum's mean, weighted by how many sessions it has.
             */
            value: number;
            /** @description Where it lies with 95 % confidence. */
            interval: components["schemas"]["Interval"];
            /** @description Sessions that were drawn and judged. */
            n: number;
            /**
             * Format: double
             * @description How many of equal weight would say as much.
             */
            n_effective: number;
            /**
             * Format: int64
             * @description Sessions of the strata that it speaks of.
             */
            population: number;
            /** @description Strata that it speaks of. */
            strata: number;
            /** @description Strata of which nothing that was drawn is judged yet: it does not speak of them. */
            strata_without: number;
        };
        /** @description The sessions of one project in one week. */
        RateStratum: {
            project: string;
            /** @description The first moment of the week. */
            week: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description How many sessions there were.
             */
            population: number;
            /**
             * Format: int64
             * @description How many were drawn.
             */
            drawn: number;
            /** @description How many of those are judged by all that they need. */
            judged: number;
            /**
             * Format: double
             * @description How many sessions each judged one stands for; null while none is.
             */
            weight: number | null;
            /**
             * Format: double
             * @description The rate among the judged ones; null while there is none.
             */
            rate: number | null;
        };
        /** @description Rates that are estimated from random samples only: what was picked by hand or for its errors says nothing about the rest. */
        Rates: {
            /** @description The rubric; null of verdicts. */
            rubric: string | null;
            rate: components["schemas"]["RateEstimate"] | null;
            mean_percent: components["schemas"]["RateEstimate"] | null;
            /** @description Why there is no rate. */
            reason: string | null;
            /**
             * @description Whether the reader is bound to projects. Then sessions that are other projects' too are in none of the figures, and of how many
             *     sessions the others are is estimated, where there are such, by their share of what was drawn.
             */
            bound: boolean;
            /** @description What was drawn from by itself: each project in each week. */
            strata: components["schemas"]["RateStratum"][];
        };
        /** @description How far the words of a filter reach. */
        Reach: {
            /** @description A word is in more sessions than are looked at: 10,000, the newest. */
            capped: boolean;
            lag: components["schemas"]["Lag"];
        };
        /** @description One thing that a grade rests on. */
        Reason: {
            /** @description Which. */
            code: components["schemas"]["ReasonCode"];
            /**
             * Format: int64
             * @description How many: envelopes, events, calls, turns, sub-agents, by `code`; 0 where there is nothing to count.
             */
            count: number;
            /** @description The same in a sentence. */
            text: string;
        };
        /**
         * @description What a grade can rest on, the weightiest first.
         * @enum {string}
         */
        ReasonCode: "lost" | "no_transcript" | "turns_not_in_transcript" | "calls_not_in_transcript" | "agents_not_in_transcript" | "turns_not_in_telemetry" | "calls_not_in_telemetry" | "events_missing" | "hooks_quiet" | "one_witness" | "nothing_told" | "nothing_compared" | "agreed" | "calls_without_hooks" | "calls_without_id" | "earlier_events_elsewhere";
        /** @description A record's redacted content as JSON with indents. */
        RecordBody: {
            /** @description The JSON; cut at 131,072 bytes, the download has all of it. */
            text: string;
            /** @description Length of the whole JSON, in bytes. */
            bytes_total: number;
            /** @description What redaction replaced in the text that is given. */
            redactions: components["schemas"]["Redaction"][];
        };
        /** @description A record without its content. */
        RecordHead: {
            /**
             * Format: int64
             * @description Its number: that of its leaf in the workspace's ledger.
             */
            id: number;
            source: components["schemas"]["Source"];
            /**
             * @description What the item calls itself: the hook's event, the line's type, the event, metric or span. Null when it has no name, or its
             *     content is gone.
             */
            kind: string | null;
            at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How long it took, of a span.
             */
            duration_us: number | null;
            received_at: components["schemas"]["Time"];
            /**
             * Format: int32
             * @description Version of the redaction rules that were applied.
             */
            rule_version: number;
            /** @description False when another content of the same item counts in its place, or its content is gone. */
            counts: boolean;
            /**
             * Format: int64
             * @description The record that took its place, once its content was destroyed.
             */
            superseded_by: number | null;
            /** @description Its content could not be redacted and was dropped; its metadata is kept. */
            dropped: boolean;
            /** @description The session's content is off: only its metadata is kept. */
            content_off: boolean;
        };
        /** @description A part of a session's records, by place. */
        RecordList: {
            items: components["schemas"]["ListedRecord"][];
            /**
             * Format: int64
             * @description The first one's place.
             */
            offset: number;
            /**
             * Format: int64
             * @description Length of the whole list.
             */
            total: number;
            /** @description The session's state that this is of. */
            version: string;
        };
        /**
         * @description Whether a record's content is what its leaf says.
         * @enum {string}
         */
        RecordState: "intact" | "erased" | "superseded" | "damaged";
        /** @description A record with its content and its proof. */
        RecordView: components["schemas"]["RecordHead"] & {
            state: components["schemas"]["RecordState"];
            body: components["schemas"]["RecordBody"] | null;
            proof: components["schemas"]["Proof"] | null;
        };
        /** @description So many things of a kind. */
        RedactedCount: {
            kind: string;
            /** Format: int64 */
            count: number;
        };
        /** @description A replacement in a text. Offsets are bytes of UTF-8 in the text as it is given. */
        Redaction: {
            /** @description The type of what was replaced. */
            kind: string;
            /**
             * Format: int32
             * @description Where its placeholder starts.
             */
            start: number;
            /**
             * Format: int32
             * @description Where it ends.
             */
            end: number;
        };
        /** @description Another policy, whole. */
        RedactionChange: {
            /**
             * Format: int32
             * @description The revision that was looked at.
             */
            revision: number;
            policy: components["schemas"]["NewRedactionPolicy"];
        };
        /** @description Replacements of one type on one day. */
        RedactionDay: {
            /** @description The day, UTC. */
            day: string;
            /** @description The type. */
            kind: string;
            /** Format: int64 */
            count: number;
            /**
             * Format: int64
             * @description Sessions in which they are.
             */
            sessions: number;
        };
        /** @description An own dictionary as it is shown. */
        RedactionDictionary: {
            /** @description The type in its placeholders. */
            name: string;
            /** @description The words; null for who may not change the policy. */
            words: string[] | null;
            /** @description How many words it has. */
            word_count: number;
        };
        /** @description Contents dropped on one day. */
        RedactionFailure: {
            /** @description The day, UTC. */
            day: string;
            /** @description Why. */
            reason: string;
            /**
             * Format: int64
             * @description Records.
             */
            count: number;
        };
        /**
         * @description What rules have in common.
         * @enum {string}
         */
        RedactionFamily: "vendor" | "block" | "context" | "identifier" | "place";
        /** @description The limits of a policy. */
        RedactionLimits: {
            /** @description Patterns and dictionaries together. */
            own_rules_max: number;
            name_bytes_max: number;
            pattern_bytes_max: number;
            dictionary_words_max: number;
            word_bytes_max: number;
            word_chars_min: number;
            /** @description The whole body of a `PUT`. */
            body_bytes_max: number;
        };
        /** @description An own pattern as it is shown. */
        RedactionPattern: {
            /** @description The type in its placeholders. */
            name: string;
            /** @description The expression; null for who may not change the policy. */
            pattern: string | null;
            ignore_case: boolean;
            fingerprint: boolean;
        };
        /** @description A policy as it is shown. */
        RedactionPolicy: {
            /** @description Built-in rules that are off, by name. */
            off: string[];
            patterns: components["schemas"]["RedactionPattern"][];
            dictionaries: components["schemas"]["RedactionDictionary"][];
            /** @description Identity attributes are replaced by pseudonyms. */
            pseudonyms: boolean;
        };
        /** @description A part of a policy that is not applied. */
        RedactionRefused: {
            /** @description JSON pointer into the stored policy. */
            pointer: string;
            /** @description Why; null for who may not change the policy. */
            message: string | null;
        };
        /** @description A built-in rule. */
        RedactionRule: {
            /** @description The type in its placeholders. */
            name: string;
            family: components["schemas"]["RedactionFamily"];
            /** @description What it finds. */
            title: string;
        };
        /** @description What a workspace redacts. */
        RedactionSettings: {
            /**
             * Format: int32
             * @description How often the policy was changed: `PUT` names the one that it changes.
             */
            revision: number;
            changed_at: components["schemas"]["Time"] | null;
            /** @description Who changed it last, by name where it is an account that is known. */
            changed_by: string | null;
            /** @description True when the asker may change it, and sees what stands in patterns and dictionaries. */
            can_change: boolean;
            policy: components["schemas"]["RedactionPolicy"];
            /** @description Parts of the stored policy that this release does not take: they are not applied. */
            refused: components["schemas"]["RedactionRefused"][];
            /** @description Every built-in rule. */
            rules: components["schemas"]["RedactionRule"][];
            /**
             * Format: int32
             * @description The version of the rules in force: the built-in rules' version times 65,536, plus the revision.
             */
            version: number;
            /** @description The rules' hash, hex. */
            hash: string;
            limits: components["schemas"]["RedactionLimits"];
        };
        /** @description The rule to try: one of the two. */
        RedactionTrial: {
            pattern?: components["schemas"]["NewRedactionPattern"] | null;
            dictionary?: components["schemas"]["NewRedactionDictionary"] | null;
        };
        /** @description Records under one version of the rules. */
        RedactionVersion: {
            /** Format: int32 */
            version: number;
            /** Format: int64 */
            records: number;
        };
        /** @description A report. */
        Report: {
            /** @description The workspace. */
            workspace: string;
            /** @description The project; null: all that its reader may read. */
            project: string | null;
            /** @description The time that it speaks of. */
            period: components["schemas"]["ReportPeriod"];
            /** @description When it was made, RFC 3339. */
            made_at: string;
            /** @description What was used. */
            used: components["schemas"]["ReportUsed"];
            /** @description What of it was reviewed. */
            reviewed: components["schemas"]["ReportReviewed"];
            /** @description How much of it was seen. */
            coverage: components["schemas"]["ReportCoverage"];
            /** @description Turns that were judged, quoted. */
            samples: components["schemas"]["ReportSample"][];
            /** @description The state of the ledger that the report rests on. */
            ledger: components["schemas"]["ReportLedger"];
        };
        /** @description What it cost, as the clients' own telemetry says. */
        ReportCost: {
            /**
             * Format: int64
             * @description Nano-USD of the requests whose cost is known; null where none is.
             */
            known_nanousd: number | null;
            /**
             * Format: int64
             * @description Requests whose cost is not known.
             */
            requests_unknown: number;
            /**
             * Format: int64
             * @description Sessions of which no cost is known.
             */
            sessions_unknown: number;
        };
        /** @description How much was seen. */
        ReportCoverage: {
            /**
             * Format: int64
             * @description Two witnesses or more agree, and nothing is known to be missing.
             */
            complete: number;
            /**
             * Format: int64
             * @description Something is known to be missing.
             */
            partial: number;
            /**
             * Format: int64
             * @description One witness only.
             */
            single_witness: number;
            /**
             * Format: int64
             * @description There is nothing to tell it by.
             */
            unknown: number;
            /** @description What is known to be missing, with the sessions, the most frequent first. */
            gaps: components["schemas"]["CoverageGap"][];
        };
        /** @description The state of the ledger: a later tree that is consistent with it holds everything that the report was made from. */
        ReportLedger: {
            /**
             * Format: int64
             * @description Leaves.
             */
            size: number;
            /** @description The root of the tree, hex. */
            root: string;
        };
        /** @description Sessions that were going on at some time from `from` on and before `to`. */
        ReportPeriod: {
            /** @description The first moment, RFC 3339. */
            from: string;
            /** @description The first moment that is no part of it, RFC 3339. */
            to: string;
        };
        /** @description A share, or a mean of shares, that was estimated from random samples: as `GET …/rates` does. */
        ReportRate: {
            /** @description Of what. */
            what: string;
            /**
             * Format: double
             * @description The share, 0 to 1.
             */
            share: number;
            /**
             * Format: double
             * @description Lower end of its 95 % interval.
             */
            low: number;
            /**
             * Format: double
             * @description Upper end.
             */
            high: number;
            /**
             * Format: int64
             * @description Sessions that were drawn and judged.
             */
            n: number;
            /**
             * Format: int64
             * @description Sessions of the projects and weeks that it speaks of: whole weeks that overlap the period.
             */
            population: number;
            /**
             * Format: int64
             * @description Projects' weeks that it speaks of.
             */
            strata: number;
            /**
             * Format: int64
             * @description Projects' weeks of which nothing that was drawn is judged yet: it does not speak of them.
             */
            strata_without: number;
        };
        /** @description What was reviewed. Judgements are counted once a person: two who judged one turn are two. */
        ReportReviewed: {
            /**
             * Format: int64
             * @description Sessions with a verdict or a score, of the session or of one of its turns.
             */
            sessions: number;
            /**
             * Format: int64
             * @description Sessions that are reviewed blind now: what was said of them counts where its reader said it, and is not told otherwise.
             */
            sessions_blind: number;
            /**
             * Format: int64
             * @description Turns with a verdict or a score of their own.
             */
            turns: number;
            /**
             * Format: int64
             * @description People who reviewed.
             */
            reviewers: number;
            /**
             * Format: int64
             * @description Verdicts `good` that stand.
             */
            good: number;
            /**
             * Format: int64
             * @description Verdicts `wrong` that stand.
             */
            wrong: number;
            /**
             * Format: int64
             * @description Comments that stand.
             */
            comments: number;
            /**
             * Format: int64
             * @description Corrected answers that stand.
             */
            corrected: number;
            /** @description Scores that stand, by rubric and version. */
            scores: components["schemas"]["ReportScore"][];
            /** @description Shares, estimated from what was drawn at random. */
            rates: components["schemas"]["ReportRate"][];
            /** @description Why there are no rates. */
            no_rates: string | null;
        };
        /** @description A turn that was judged. */
        ReportSample: {
            /** @description The session's id. */
            session: string;
            /** @description The turn's id. */
            turn: string;
            /**
             * Format: int32
             * @description Its number in the session.
             */
            number: number;
            /** @description `good` or `wrong`. */
            verdict: string;
            /** @description Why. */
            reason: string | null;
            /** @description What was asked, cut; null where it was not captured. */
            prompt: string | null;
            /** @description What was answered, cut. */
            answer: string | null;
            /** @description Who judged. */
            by: string;
            /** @description When, RFC 3339. */
            at: string;
        };
        /** @description Scores by a version of a rubric. */
        ReportScore: {
            /** @description The rubric's name. */
            rubric: string;
            /**
             * Format: int64
             * @description The version that the answers are of.
             */
            version: number | null;
            /**
             * Format: int64
             * @description Scores with a percentage.
             */
            n: number;
            /**
             * Format: int64
             * @description Sessions that those scores are of.
             */
            sessions: number;
            /**
             * Format: double
             * @description The mean over those sessions, in percent: of a session with several scores, their mean counts.
             */
            mean_percent: number | null;
            /**
             * Format: double
             * @description Lower end of the mean's 95 % interval (Student's, over sessions); null below three sessions, which are too few for one.
             *     It is of sessions such as those that people chose to score, not of all.
             */
            mean_low_percent: number | null;
            /**
             * Format: double
             * @description Upper end.
             */
            mean_high_percent: number | null;
            /**
             * Format: double
             * @description The lowest.
             */
            lowest_percent: number | null;
            /**
             * Format: double
             * @description The highest.
             */
            highest_percent: number | null;
            /**
             * Format: int64
             * @description Those that passed.
             */
            passed: number;
            /**
             * Format: int64
             * @description Those of which it is said whether they passed.
             */
            passed_of: number;
        };
        /** @description What was used. */
        ReportUsed: {
            /**
             * Format: int64
             * @description Sessions.
             */
            sessions: number;
            /**
             * Format: int64
             * @description Of a report on a project: sessions of the period that its reader may read and that were seen in other projects too.
             *     They are left out of everything in the report.
             */
            sessions_of_several_projects: number;
            /**
             * Format: int64
             * @description Turns.
             */
            turns: number;
            /**
             * Format: int64
             * @description Tool calls.
             */
            tool_calls: number;
            /**
             * Format: int64
             * @description Steps that failed.
             */
            errors: number;
            /**
             * Format: int64
             * @description People who are known.
             */
            people: number;
            /**
             * Format: int64
             * @description Sessions of which it is not known whose they are.
             */
            sessions_of_nobody_known: number;
            /** @description Models that answered, with the sessions that they answered in. */
            models: components["schemas"]["Counted"][];
            /** @description Skills that ran, by version. */
            skills: components["schemas"]["ReportVersion"][];
            /** @description MCP servers, with the calls. */
            mcp_servers: components["schemas"]["Counted"][];
            /** @description What it cost. */
            cost: components["schemas"]["ReportCost"];
        };
        /** @description A version of a skill. */
        ReportVersion: {
            /** @description The skill's name. */
            name: string;
            /** @description Its declared version. */
            label: string | null;
            /** @description The hash of what ran, hex; null where it is not known which version it was. */
            hash: string | null;
            /**
             * Format: int64
             * @description Sessions that it ran in.
             */
            sessions: number;
        };
        /** @description The client's structured result of a tool. */
        ResultFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            result: Json;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            result_bytes?: number;
            /** @description Where it stands. */
            result_ref?: components["schemas"]["TextRef"];
            /** @description True when the only witness shortened it. */
            result_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            result_redactions?: components["schemas"]["PayloadRedaction"][];
        };
        /** @description What stands now of what people said of a session and its turns, as the reader sees it. */
        ReviewSummary: {
            verdicts: components["schemas"]["VerdictCounts"];
            /** @description Each once. */
            tags: string[];
            /**
             * Format: int64
             * @description Replies included.
             */
            comments: number;
            /**
             * Format: double
             * @description The mean of its scores, in percent; null without any.
             */
            score: number | null;
        };
        /** @description A person who judges. */
        Reviewer: {
            /** @description What kind of actor: `account`, or `system` where Argus itself did it. */
            kind: string;
            /** @description The account's id. */
            id: string;
            /** @description The account's name; its id where the account is gone. */
            name: string;
            /** @description Whether it is who asks. */
            me: boolean;
        };
        /** @description Agreement between reviewers, from items of blind queues that everybody has judged. */
        ReviewerAgreement: {
            /** @description The rubric; null of verdicts. */
            rubric: string | null;
            /**
             * Format: int32
             * @description The version of the rubric whose questions these are; null of verdicts.
             */
            version: number | null;
            /** @description Items that were judged by at least one: those of which nobody is blind any more. */
            items: number;
            /** @description Whether there are older items than the bound lets be looked at: the figures are of the newest. */
            capped: boolean;
            /** @description Figures are given from so many items on that two judged. */
            needed: number;
            /** @description How many resamples of the items an interval of alpha rests on, of all and of a pair alike. */
            resamples: number;
            /** @description What is compared: by a rubric whether it is a pass, the score, and each item; else the verdict. */
            criteria: components["schemas"]["AgreementCriterion"][];
            /** @description Who judged, those who judged most first. */
            reviewers: components["schemas"]["ReviewerFigures"][];
        };
        /** @description What can be said of one reviewer. Of others than oneself, only who manages queues is told. */
        ReviewerFigures: {
            reviewer: components["schemas"]["Reviewer"];
            /** @description Items that they judged. */
            judged: number;
            leniency: components["schemas"]["Leniency"] | null;
            /** @description Why there is no leniency. */
            leniency_reason: string | null;
            gold: components["schemas"]["GoldAccuracy"] | null;
        };
        /** @description Somebody who judges here. */
        ReviewerName: {
            /** @description The account's id. */
            id: string;
            name: string;
        };
        /** @description What people said of a session. */
        Reviews: {
            /** @description The session is reviewed blind now: these are the reader's own. */
            blind: boolean;
            /** @description Those that are no longer current too, the oldest first. */
            verdicts: components["schemas"]["Verdict"][];
            /** @description Those that are on. */
            tags: components["schemas"]["Tag"][];
            /** @description With replies, the oldest first. */
            comments: components["schemas"]["Comment"][];
            /** @description Those that are no longer current too, the oldest first. */
            answers: components["schemas"]["CorrectedAnswer"][];
            /** @description Those that are no longer current too, the oldest first. */
            scores: components["schemas"]["Score"][];
            /** @description What was decided where reviewers differed, the oldest first. */
            decisions: components["schemas"]["Decided"][];
        };
        /** @description Data of the event `reviews`. */
        ReviewsChanged: {
            /** @description Ids of the sessions whose reviews changed, as far as the reader sees them. */
            sessions: string[];
        };
        /**
         * @description Roles.
         * @enum {string}
         */
        Role: "owner" | "admin" | "reviewer" | "viewer" | "auditor" | "member";
        /** @description A version of a rubric. */
        Rubric: {
            id: string;
            /**
             * Format: int32
             * @description Which version this is.
             */
            version: number;
            /**
             * Format: int32
             * @description The newest that there is.
             */
            newest_version: number;
            name: string;
            description: string;
            scope: components["schemas"]["RubricScope"];
            /**
             * Format: int32
             * @description From how many percent on a score is a pass.
             */
            pass_percent: number;
            sections: components["schemas"]["RubricSection"][];
            /**
             * @description Decisions that guide its use, of all versions, the oldest first: those whose sessions the reader may read
             *     and nobody reviews blind. Those that came of no session are for who reads all of the workspace or judges.
             */
            precedents: components["schemas"]["Precedent"][];
            /** @description Whether nothing new is scored by it any more. */
            retired: boolean;
            /** @description Whether it came with this program. */
            starter: boolean;
            at: components["schemas"]["Time"] | null;
            by: components["schemas"]["Reviewer"] | null;
        };
        /** @description The answer to one item. */
        RubricAnswer: {
            /** @description The item's id. */
            item: string;
            /** @description The answer. */
            value: Json;
            /** @description The turn that shows why. */
            evidence_turn: string | null;
            /** @description What the reviewer says about it. */
            note: string | null;
        };
        /** @description One version of a rubric, as it is written. */
        RubricDefinition: {
            /** @description Its name. */
            name: string;
            /** @description What it is for. */
            description?: string;
            /** @description What one score is about. */
            scope: components["schemas"]["RubricScope"];
            /**
             * Format: int32
             * @description From how many percent on a score is a pass.
             */
            pass_percent: number;
            /** @description Its sections. */
            sections: components["schemas"]["RubricSection"][];
        };
        /** @description One question. */
        RubricItem: {
            /** @description Names it in answers; stays the same from version to version as long as the question does. */
            id: string;
            /** @description The question, in a few words. */
            title: string;
            /** @description How to answer it. */
            guidance?: string;
            /** @description What a pass looks like. */
            pass_example?: string;
            /** @description What a fail looks like. */
            fail_example?: string;
            /**
             * Format: int32
             * @description Its weight within the section.
             */
            weight: number;
            /** @description What it is answered with. */
            kind: components["schemas"]["RubricItemKind"];
            scale: components["schemas"]["RubricScale"] | null;
            /** @description Whether it may be answered "does not apply": its weight is left out then. */
            allow_na?: boolean;
            /** @description Whether no, or the scale's lowest, makes the whole score zero and not passed. */
            auto_fail?: boolean;
            /** @description Whether whoever takes points off must name the turn that shows why. */
            evidence_required?: boolean;
        };
        /**
         * @description What an item is answered with.
         * @enum {string}
         */
        RubricItemKind: "yes_no" | "scale";
        /** @description What is wrong with a rubric or with answers. */
        RubricProblem: {
            /** @description Where, such as `sections/0/items/2/weight` or `answers/tests-pass`. */
            at: string;
            /** @description What, and what to do. */
            text: string;
        };
        /** @description The numbers of a scale. */
        RubricScale: {
            /**
             * Format: int64
             * @description The lowest: it earns nothing.
             */
            min: number;
            /**
             * Format: int64
             * @description The highest: it earns all points.
             */
            max: number;
            /** @description What each number means, from the lowest on; none, or one for each. */
            labels?: string[];
        };
        /**
         * @description What one score is about.
         * @enum {string}
         */
        RubricScope: "turn" | "session";
        /** @description Questions that belong together. */
        RubricSection: {
            /** @description Names it. */
            id: string;
            /** @description What it is about. */
            title: string;
            /**
             * Format: int32
             * @description Its weight within the score.
             */
            weight: number;
            /** @description The questions. */
            items: components["schemas"]["RubricItem"][];
        };
        /**
         * @description From what a sample is drawn by itself.
         * @enum {string}
         */
        SampleStratum: "project_week";
        /** @description A score. */
        Score: components["schemas"]["ScoreArithmetic"] & {
            id: string;
            rubric: string;
            /** @description The rubric's name now. */
            rubric_name: string;
            /**
             * Format: int32
             * @description The version that was answered.
             */
            version: number;
            turn: string | null;
            answers: components["schemas"]["RubricAnswer"][];
            comment: string | null;
            queue_item: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            /** @description False of one that its author replaced by a newer one. */
            current: boolean;
        };
        /** @description A score with its arithmetic. */
        ScoreArithmetic: {
            /**
             * Format: double
             * @description 0 to 100, two decimals; null when no answered item applies. Zero after an auto-fail.
             */
            percent: number | null;
            /**
             * Format: double
             * @description What it would be without the auto-fail.
             */
            percent_before_auto_fail: number | null;
            /** @description Whether it is a pass; null when there is no score. */
            passed: boolean | null;
            /** @description Items whose answers made it fail whatever else was answered. */
            auto_failed: string[];
            /** @description What each section earned. */
            arithmetic: components["schemas"]["ScorePart"][];
        };
        /** @description What a section earned. */
        ScorePart: {
            /** @description The section's id. */
            section: string;
            /** @description Its title. */
            title: string;
            /**
             * Format: int32
             * @description Its weight within the score.
             */
            weight: number;
            /**
             * Format: double
             * @description Points earned: of each answered item its weight, times the share that the answer earns.
             */
            earned: number;
            /**
             * Format: int32
             * @description Points that could be earned: the weights of the items that were answered and apply.
             */
            possible: number;
            /**
             * Format: double
             * @description Earned of possible, in percent; null when nothing could be earned: the section's weight is left out then.
             */
            percent: number | null;
        };
        /** @description What was found. */
        SearchResults: {
            /** @description By session, the newest first. A page can be short, even empty, with another one behind it. */
            groups: components["schemas"]["SessionHits"][];
            /** @description Where the next page begins, for `cursor`; null at the end. */
            next: string | null;
            lag: components["schemas"]["Lag"];
            /** @description What is not searched. */
            not_indexed: components["schemas"]["Unsearched"][];
            /** @description True when the words in `filter` are in more than 10,000 sessions: the newest of them are searched. */
            filter_capped: boolean;
        };
        /** @description A stretch of time in which something ran. */
        SegmentView: {
            from: components["schemas"]["Time"];
            to: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description Where it begins on the axis.
             */
            position: number;
        };
        /** @description Who is asking, and what they may do. */
        Self: {
            kind: components["schemas"]["PrincipalKind"];
            /** @description The account's or key's id. */
            id: string;
            /** @description What the person is called; a key's id. */
            name: string;
            /** @description E-mail address; null for a key. */
            email: string | null;
            /** @description Where they may do what. */
            workspaces: components["schemas"]["WorkspaceGrant"][];
            sign_in: components["schemas"]["OwnSignIn"] | null;
            /** @description What answers. */
            server: components["schemas"]["ServerView"];
        };
        /** @description The server. */
        ServerView: {
            /** @description Its release. */
            version: string;
        };
        /** @description A session without its turns. */
        Session: components["schemas"]["TitleFields"] & {
            /** @description The external session id. */
            id: string;
            /**
             * @description The conversation that the session belongs to: the id of its first session. Joined when read; equal to `id` when
             *     no link is known.
             */
            conversation: string;
            /** @description Why sessions are joined, one entry a link that this session attests. */
            links: components["schemas"]["Link"][];
            /** @description The projects it is seen in; `unassigned` while unknown. */
            projects: string[];
            /** @description Who it belongs to. */
            user: components["schemas"]["User"];
            /** @description What ran it. */
            client: components["schemas"]["Client"];
            /**
             * Format: date-time
             * @description The earliest time of a step, or of the session's start.
             */
            started_at: string | null;
            /**
             * Format: date-time
             * @description The latest time of a step or of the session's end.
             */
            ended_at: string | null;
            /** @description `reason` of SessionEnd; absent while open or not seen. */
            end_reason: string | null;
            /** @description Working folder. */
            cwd: string | null;
            /** @description Git branch. */
            git_branch: string | null;
            /** @description Models that answered, sorted. */
            models: string[];
            /** @description Sources that attest something of the session, in their order. */
            sources: components["schemas"]["Source"][];
            /** @description What the person did with the first turn's answer; absent where no turn of the session's own is known. */
            first_turn?: components["schemas"]["Judged"];
            /** @description Sums over the turns that count. */
            totals: components["schemas"]["Totals"];
            /** @description Skills that ran. */
            skills: components["schemas"]["SkillUse"][];
            /** @description MCP servers seen: connected or called. */
            mcp_servers: components["schemas"]["McpServer"][];
            /** @description Sub-agents. */
            agents: components["schemas"]["AgentRun"][];
            /** @description Of a Cowork session: what its own file says. */
            cowork?: components["schemas"]["Cowork"];
            /** @description Which witnesses saw it, and what is known to be missing. */
            coverage: components["schemas"]["Coverage"];
            /** @description What was seen and is not shown otherwise, by kind: unknown records, counted bookkeeping. */
            counts?: {
                [key: string]: number;
            };
            /** @description Things a reader must know, such as `seen_in_two_projects`. */
            notices?: string[];
            /** @description True when nothing but a client's start-up was seen under this id (a resume makes throw-away ids): not listed. */
            phantom?: boolean;
        };
        /** @description A session without its turns. */
        SessionHead: components["schemas"]["Session"] & {
            /** @description Its state: another one, and something was added. */
            version: string;
            /** @description True while records come and its end was not seen. */
            live: boolean;
            /** @description What redaction replaced in its records, by type. */
            redactions: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Records whose content was dropped because it could not be redacted; their metadata is kept.
             */
            dropped: number;
            opt_out: components["schemas"]["OwnOptOut"] | null;
            content_off_at: components["schemas"]["Time"] | null;
        };
        /** @description What was found in a session. */
        SessionHits: {
            session: components["schemas"]["Session"];
            /** @description Steps, the latest first. */
            hits: components["schemas"]["StepHit"][];
            /**
             * Format: int64
             * @description Further steps of the session, counted up to 1,000.
             */
            more: number;
        };
        /** @description A page of sessions. */
        SessionPage: {
            items: components["schemas"]["SessionRow"][];
            /** @description Where the next page begins; null at the end. */
            next: string | null;
            /** @description Of the first page of a list with `fold`: how many sessions it leaves out. */
            folded?: components["schemas"]["FoldedView"];
            words: components["schemas"]["Reach"] | null;
        };
        /** @description A session of a list. */
        SessionRow: components["schemas"]["Session"] & {
            review: components["schemas"]["ReviewSummary"];
        };
        /** @description Data of the event `sessions`. */
        SessionsChanged: {
            /** @description Ids of the sessions that changed. */
            sessions: string[];
        };
        /** @description A link, as members see it: never its token. */
        Share: {
            id: string;
            session: string;
            /** @description The session's title. */
            title: string | null;
            turns: components["schemas"]["SharedTurns"] | null;
            tool_outputs: boolean;
            thinking: boolean;
            reviews: boolean;
            words: string[];
            patterns: string[];
            note: string | null;
            /** @description Who made it, by name. */
            by: string;
            at: components["schemas"]["Time"];
            expires_at: components["schemas"]["Time"];
            revoked_at: components["schemas"]["Time"] | null;
            state: components["schemas"]["ShareState"];
            /** Format: int64 */
            openings: number;
            last_opened_at: components["schemas"]["Time"] | null;
        };
        /** @description A link was opened. */
        ShareOpening: {
            at: components["schemas"]["Time"];
            /** @description The same for two openings of this link from the same network; it says nothing else. */
            visitor: string;
        };
        /** @description What a link would show, in numbers; its page is at `share-previews/{preview}` for ten minutes. */
        SharePreview: {
            /** @description The preview's id. */
            preview: string;
            /** Format: int64 */
            turns: number;
            /**
             * Format: int64
             * @description Size of the page.
             */
            bytes: number;
            /** @description What redaction replaced in what is shown, when it was stored. */
            redacted: components["schemas"]["RedactedCount"][];
            /**
             * Format: int64
             * @description In how many places of the page a word or pattern is masked.
             */
            masked: number;
            /**
             * Format: int64
             * @description Tool outputs that are left out.
             */
            outputs_left_out: number;
            /**
             * Format: int64
             * @description Thoughts that are left out.
             */
            thinking_left_out: number;
            /**
             * Format: int64
             * @description Of a part of a session: summaries of what was compacted that are left out, since they tell of turns that are not shown.
             */
            summaries_left_out: number;
        };
        /** @description What a link is to show. */
        ShareRequest: {
            /** @description The first turn that is shown; with `to_turn`. Without: all the turns that there are now; those that come later are not shown. */
            from_turn?: string | null;
            /** @description The last turn that is shown. */
            to_turn?: string | null;
            /** @description Whether what tools gave back is shown. */
            tool_outputs: boolean;
            /** @description Whether what the model thought is shown. */
            thinking: boolean;
            /** @description Whether verdicts, tags, comments, corrected answers and scores are shown, with the names of who gave them. */
            reviews?: boolean;
            /** @description Words that are masked wherever they stand, in any case; at most 50 with the patterns. */
            words?: string[];
            /** @description Regular expressions of what is masked. */
            patterns?: string[];
            /** @description What its sharer calls it: shown to members only. */
            note?: string | null;
        };
        /**
         * @description Whether a link can be opened.
         * @enum {string}
         */
        ShareState: "open" | "expired" | "revoked" | "lapsed";
        /** @description The turns of a link to a part of a session. */
        SharedTurns: {
            /** @description The first one's id. */
            first: string;
            /** @description The last one's id. */
            last: string;
            count: number;
        };
        /** @description Who signs in. */
        SignInRequest: {
            /** @description E-mail address, in any case. */
            email: string;
            /** @description Password. */
            password: string;
        };
        /** @description What the page to sign in has to know. */
        SignInState: {
            /** @description True while there is no owner: the server printed a link when it started. */
            set_up_needed: boolean;
        };
        /** @description A browser in which the person is signed in. */
        SignInView: {
            id: string;
            created_at: components["schemas"]["Time"];
            /** @description To the minute. */
            last_seen_at: components["schemas"]["Time"];
            /** @description When it ends: at its absolute end, or earlier if it is not used. */
            expires_at: components["schemas"]["Time"];
            /** @description What the browser said of itself. */
            user_agent: string;
            /** @description The address it came from; empty when that is not known. */
            address: string;
            /** @description True for the one that asks. */
            current: boolean;
        };
        /**
         * @description What tells of it.
         * @enum {string}
         */
        Signal: "interrupted" | "rejected_by_user" | "rewound" | "undone" | "plan_approved" | "committed" | "corrected" | "asked_again" | "rephrased" | "gave_up" | "thanked" | "went_on";
        /** @description A skill that fired. */
        Skill: {
            /** @description Its name. */
            name: string;
            /** @description Declared version label. */
            label: string | null;
            /** @description Hash of what ran, lower-case hex. */
            hash: string | null;
            /** @description `tree`, `body` or null. */
            hash_of: string | null;
            /** @description `user-slash`, `claude-proactive`, `nested-skill`, … as the client names it. */
            trigger: string | null;
        };
        /**
         * @description What is there of a file.
         * @enum {string}
         */
        SkillContent: "text" | "binary" | "link" | "omitted";
        /** @description A file of a skill. */
        SkillFile: {
            /** @description From the skill's folder. */
            path: string;
            /**
             * Format: int64
             * @description Bytes, as on the machine.
             */
            size: number;
            /** @description SHA-256 of them, lower-case hex. */
            sha256: string | null;
            content: components["schemas"]["SkillContent"];
        };
        /** @description A machine. */
        SkillMachine: {
            id: string;
            /** @description What its owner calls it. */
            name: string | null;
        };
        /** @description The runs of one version of a skill. */
        SkillRunView: {
            name: string;
            label: string | null;
            hash: string | null;
            /** @description How it was fired first, as the client names it. */
            trigger: string | null;
            /** Format: int64 */
            runs: number;
            /** @description The places of its runs, ascending; the first 2,000. */
            steps: number[];
        };
        /**
         * @description Whether a skill was the same at its run as at the session's start.
         * @enum {string}
         */
        SkillState: "stable" | "changed" | "unknown";
        /** @description How many sessions. */
        SkillStateCount: {
            state: components["schemas"]["SkillState"];
            /** Format: int64 */
            sessions: number;
        };
        /** @description The text of a file, as stored: redacted on its machine, and again here. */
        SkillText: {
            text: string;
            /** @description What the server replaced in it. */
            redactions: components["schemas"]["PayloadRedaction"][];
        };
        /** @description A skill that ran in the session. */
        SkillUse: {
            /** @description Its name. */
            name: string;
            /** @description Declared version label. */
            label: string | null;
            /** @description Hash of what ran, lower-case hex. */
            hash: string | null;
            /** @description `tree` (the skill's folder), `body` (the injected text) or null. */
            hash_of: string | null;
            state: components["schemas"]["SkillState"] | null;
        };
        /** @description A version of a skill: its name, and the hash of its folder. */
        SkillVersion: {
            name: string;
            /** @description Hash of the skill's folder, lower-case hex. */
            hash: string;
            /** @description The version that its front matter declares. */
            label: string | null;
            /** @description True when another version of this skill declares the same label. */
            label_reused: boolean;
            /** @description Where it comes from: `personal`, `project`, `plugin`, `synced`, `managed`. */
            origins: string[];
            /** @description The plugin that brings it. */
            plugin: string | null;
            /**
             * Format: int64
             * @description Sessions that had it in reach.
             */
            sessions: number;
            /**
             * Format: int64
             * @description Sessions in which it ran.
             */
            ran: number;
            /** @description Of those, by whether it was the same at its run as when the session began. */
            states: components["schemas"]["SkillStateCount"][];
            /**
             * Format: int64
             * @description Machines on which it was seen.
             */
            machines: number;
            first_seen_at: components["schemas"]["Time"] | null;
            last_seen_at: components["schemas"]["Time"] | null;
            last_ran_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description How many files it consists of; null when no machine told them that the reader may ask.
             */
            files: number | null;
            /**
             * Format: int64
             * @description Their bytes.
             */
            bytes: number | null;
        };
        /** @description A version of a skill, and what it consists of. */
        SkillVersionDetail: components["schemas"]["SkillVersion"] & {
            /** @description Its files; null when no machine told them that the reader may ask. */
            listed: components["schemas"]["SkillFile"][] | null;
            /** @description The machines on which it was seen; none for a reader who may not see which devices capture. */
            on: components["schemas"]["SkillMachine"][];
        };
        /** @description A part of a long list, by place. */
        Slice_StepRow: {
            items: {
                /**
                 * Format: int64
                 * @description Its place in the list that was asked for.
                 */
                index: number;
                turn_id: string;
                /** Format: int32 */
                turn_index: number;
                step: components["schemas"]["Step"];
            }[];
            /**
             * Format: int64
             * @description Length of the whole list.
             */
            total: number;
            /** @description The session's state that this is of: another one, and places may have moved. */
            version: string;
        };
        /** @description A part of a long list, by place. */
        Slice_TurnRow: {
            items: (components["schemas"]["Turn"] & {
                /**
                 * Format: int64
                 * @description The place of its first step in the session's one list of steps.
                 */
                first_step: number;
            })[];
            /**
             * Format: int64
             * @description Length of the whole list.
             */
            total: number;
            /** @description The session's state that this is of: another one, and places may have moved. */
            version: string;
        };
        /** @description A few words around what was found. */
        SnippetText: {
            /** @description On one line, `…` where something stands before or behind it. */
            text: string;
            /** @description From where to where something was found, in characters (Unicode scalar values) of this text. */
            marks: number[][];
        };
        /**
         * @description By what sessions are sorted.
         * @enum {string}
         */
        SortName: "started" | "cost" | "duration" | "errors";
        /**
         * @description The kind of surface a source item was read from. Its number is part of leaf v1 and never changes.
         * @enum {string}
         */
        Source: "hook" | "transcript" | "otel_log" | "otel_metric" | "otel_span" | "cowork_audit" | "compliance_api" | "inference_hook" | "capture";
        /** @description How many sessions have these witnesses. */
        SourcesCount: {
            sources: components["schemas"]["Source"][];
            /** Format: int64 */
            sessions: number;
        };
        /** @description One thing, or several that begin in one bin. */
        SpanView: {
            /**
             * Format: int64
             * @description Where it begins.
             */
            from: number;
            /**
             * Format: int64
             * @description Where the last of them ends.
             */
            to: number;
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /**
             * Format: int64
             * @description How many of them failed; of turns, steps that failed.
             */
            errors: number;
            /**
             * Format: int64
             * @description The place of the first one's first step.
             */
            step: number;
            /**
             * Format: int32
             * @description The place of its turn.
             */
            turn: number;
            /** @description The tool's name or the sub-agent's id; null where there is none, or they differ. */
            name: string | null;
        };
        /** @description One thing that happened. */
        Step: components["schemas"]["TextFields"] & {
            /** @description Its id, by the ladder: tool use id, request id + block, message uuid, derived. */
            id: string;
            /** @description Every other id it is or was known by; each resolves for ever. */
            aliases: string[];
            /** @description What it is. */
            kind: components["schemas"]["StepKind"];
            /** @description The sub-agent that did it; null for the main one. */
            agent_id: string | null;
            /**
             * Format: date-time
             * @description When it began.
             */
            at: string | null;
            /**
             * Format: int64
             * @description How long it took.
             */
            duration_us: number | null;
            /** @description For notices, errors, permissions and compactions: which, such as `api_error`, `notification`, `manual`. */
            name?: string;
            /** @description For tool calls and permissions. */
            tool?: components["schemas"]["Tool"];
            /** @description For skills, and for tool calls that fired one. */
            skill?: components["schemas"]["Skill"];
            /** @description For model requests. */
            model_request?: components["schemas"]["ModelRequest"];
            /** @description The sub-agent that this tool call started. */
            started_agent_id?: string;
            /** @description The request that this step came out of. */
            request_id?: string;
            /** @description True when it is a failure (counted in `errors`). */
            is_error?: boolean;
            /** @description The sources that attest it, in their order. */
            witnesses: components["schemas"]["Source"][];
            /** @description The records it rests on, ascending. */
            records: components["schemas"]["u64"][];
        };
        /** @description A step in which something was found. */
        StepHit: {
            /** @description The turn's id. */
            turn: string;
            /** @description The step's id. */
            step: string;
            at: components["schemas"]["Time"] | null;
            /** @description The text in which most was found: `prompt`, `answer`, `thinking`, `input`, `output`, `error` or `notice`. */
            field: string;
            /** @description The name under which the step has that text: `text`, `input`, `output`, `result` or `error`. */
            content: string;
            snippet: components["schemas"]["SnippetText"];
        };
        /**
         * @description Kinds of steps.
         * @enum {string}
         */
        StepKind: "prompt" | "thinking" | "text" | "tool_call" | "skill" | "permission" | "compaction" | "model_request" | "notice" | "error";
        /** @description What every step is, in order. */
        StepKindsView: {
            /**
             * @description A letter a step: `p` prompt, `t` thinking, `x` text, `c` tool call, `s` skill, `m` permission, `k` compaction, `r` model request,
             *     `n` notice, `e` error.
             */
            kinds: string;
            /** @description A digit a step, a sum of: 1 it failed, 2 it was not let run, 4 a sub-agent did it. */
            flags: string;
            /** @description Of each tool call in order: the place of its name in `names`, -1 where no source told it. */
            tools: number[];
            /** @description Names of the tools that were called. */
            names: string[];
            /** @description Of each tool call in order: how long it took, in microseconds, -1 where no source told it. */
            durations_us: number[];
            version: string;
        };
        /** @description The records that a step rests on, and other contents of the same items. */
        StepRecords: {
            /** @description By number; at most 100. */
            items: components["schemas"]["RecordView"][];
            /**
             * Format: int64
             * @description How many more the step rests on.
             */
            more: number;
        };
        /** @description A step and where it stands. */
        StepRow: {
            /**
             * Format: int64
             * @description Its place in the list that was asked for.
             */
            index: number;
            turn_id: string;
            /** Format: int32 */
            turn_index: number;
            step: components["schemas"]["Step"];
        };
        /**
         * @description Where a session ran.
         * @enum {string}
         */
        Surface: "terminal" | "headless" | "ide" | "desktop" | "cowork" | "cowork_remote" | "web" | "claude_code" | "claude_ai" | "unknown";
        /** @description A tag that is on. */
        Tag: {
            id: string;
            /** @description The turn that it is of; null for the session as a whole. */
            turn: string | null;
            tag: string;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            /** @description False when the turn is not there any more. */
            placed: boolean;
        };
        /** @description A tag. */
        TagChange: {
            /** @description The turn; without one, the session as a whole. */
            turn?: string | null;
            /** @description One word of at most 64 letters and digits, with `-`, `_`, `.` and `/` between them; kept in lower case. */
            tag: string;
            /** @description Take it off rather than put it on. */
            remove?: boolean;
            /** @description To take off another's, by the account's id: for owners and admins. */
            author?: string | null;
        };
        /** @description A text of the session. */
        Text: {
            /**
             * @description The text; cut to `text_bytes` in full by whoever serves it; absent in projections and when only its length is
             *     known (telemetry without content).
             */
            text?: string;
            /**
             * Format: int64
             * @description Length of the whole text in bytes of UTF-8, or as the client counted it when only that is known.
             */
            text_bytes: number;
            /** @description Where it stands; absent when only its length is known. More than one: the pieces of a text that was streamed. */
            text_ref?: components["schemas"]["TextRef"][];
            /** @description True when the only witness shortened it. */
            text_shortened?: boolean;
            /** @description What redaction replaced in the text as it is given. */
            text_redactions?: components["schemas"]["Redaction"][];
        };
        /** @description A text. */
        TextFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            text: string | null;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            text_bytes?: number;
            /** @description Where it stands. */
            text_ref?: components["schemas"]["TextRef"][];
            /** @description True when the only witness shortened it. */
            text_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            text_redactions?: components["schemas"]["Redaction"][];
        };
        /**
         * @description How the JSON at a reference is turned into a text or a payload.
         * @enum {string}
         */
        TextForm: "value" | "json_in_string" | "content_blocks" | "command" | "bash_input" | "compact_instructions" | "tool_parameters" | "error_text";
        /** @description Where a text stands: a place in the body of one record, or several whose texts follow each other. */
        TextRef: {
            /** @description The record. */
            record: components["schemas"]["u64"];
            /** @description JSON pointer (RFC 6901) into its body. */
            pointer: string;
            /** @description How what stands there is read. */
            form?: components["schemas"]["TextForm"];
        };
        /** Format: date-time */
        Time: string;
        /**
         * @description A part of a session's timeline. Positions are microseconds of active time from the session's start: periods of more than five
         *     minutes in which nothing ran are cut out.
         */
        TimelineView: {
            /** @description The stretches of time that the axis is made of, at most 500. */
            segments: components["schemas"]["SegmentView"][];
            /**
             * Format: int64
             * @description Length of the whole axis.
             */
            length: number;
            /**
             * Format: int64
             * @description Where the part begins.
             */
            from: number;
            /**
             * Format: int64
             * @description Where it ends.
             */
            to: number;
            lanes: components["schemas"]["LaneView"][];
            marks: components["schemas"]["MarkView"][];
            /**
             * Format: int64
             * @description Steps without a time: they have no place.
             */
            unplaced: number;
            version: string;
        };
        /** @description A session's title. */
        TitleFields: {
            /** @description What is read; null when only its size is known, when it was erased, or (of JSON) when it is longer than asked for. */
            title: string | null;
            /**
             * Format: int64
             * @description The whole size in bytes.
             */
            title_bytes?: number;
            /** @description Where it stands. */
            title_ref?: components["schemas"]["TextRef"][];
            /** @description True when the only witness shortened it. */
            title_shortened?: boolean;
            /** @description What redaction replaced in it as it is given; left out where there is nothing. */
            title_redactions?: components["schemas"]["Redaction"][];
        };
        /** @description Tokens by kind; null where no source tells. */
        TokenTotals: {
            /**
             * Format: int64
             * @description Uncached input.
             */
            input_tokens: number | null;
            /**
             * Format: int64
             * @description Output.
             */
            output_tokens: number | null;
            /**
             * Format: int64
             * @description Read from the cache.
             */
            cache_read_tokens: number | null;
            /**
             * Format: int64
             * @description Written to the cache.
             */
            cache_creation_tokens: number | null;
        };
        /** @description What stands where a session was. */
        Tombstone: {
            /** @description The session id's keyed hash, hex: the id itself is gone. */
            session_hash: string;
            kind: components["schemas"]["TombstoneKind"];
            policy: components["schemas"]["OptOut"] | null;
            at: components["schemas"]["Time"];
            /** @description Who did it: an account's name, a key's id; null of what was erased before this was noted. */
            by: string | null;
            /** @description True when a key did it: a capture client. */
            by_key: boolean;
            /** @description The person, by e-mail address, where the key or the account is one's. */
            person: string | null;
            /** @description The projects that it was of, as far as they were known. */
            projects: string[];
        };
        /**
         * @description What became of a session.
         * @enum {string}
         */
        TombstoneKind: "private" | "erased" | "content_off";
        /** @description A tool call. */
        Tool: components["schemas"]["InputFields"] & components["schemas"]["OutputFields"] & components["schemas"]["ResultFields"] & components["schemas"]["ErrorFields"] & {
            /** @description `toolu_…`. */
            use_id: string | null;
            /** @description The tool's name; `mcp__server__tool` for MCP where known, `mcp_tool` where telemetry hides it. */
            name: string | null;
            /** @description Whether it failed; null when not known. */
            is_error: boolean | null;
            decision: components["schemas"]["Decision"] | null;
            /** @description Who decided: `config`, `hook`, `user_temporary`, `user_permanent`, `user_reject`, `user_abort`. */
            decision_source: string | null;
            mcp: components["schemas"]["McpTool"] | null;
        };
        /** @description The calls of one tool. */
        ToolUseView: {
            /** @description Its name; null where no source told it. */
            name: string | null;
            /** Format: int64 */
            calls: number;
            /**
             * Format: int64
             * @description Calls that failed.
             */
            errors: number;
            /**
             * Format: int64
             * @description Calls that were not let run.
             */
            denied: number;
            /**
             * Format: int64
             * @description Time of the calls whose time is known, together; null when none is.
             */
            duration_us: number | null;
            /**
             * Format: int64
             * @description How many calls that time is of.
             */
            timed: number;
            /** @description The places of its calls in the session's one list of steps, ascending; the first 2,000. */
            steps: number[];
        };
        /** @description Sums of a session or an agent. Turns that a fork copied, and `builtin_command` turns in `turns`, do not count. */
        Totals: components["schemas"]["TokenTotals"] & components["schemas"]["Cost"] & {
            /**
             * Format: int64
             * @description Turns.
             */
            turns: number;
            /**
             * Format: int64
             * @description Steps.
             */
            steps: number;
            /**
             * Format: int64
             * @description Tool calls.
             */
            tool_calls: number;
            /**
             * Format: int64
             * @description Steps that failed.
             */
            errors: number;
            /**
             * Format: int64
             * @description The client's own total less `cost_nanousd`; null when the client's total is not known.
             */
            unattributed_nanousd: number | null;
        };
        /** @description A hit and what stands around it. */
        TrialSample: {
            /** @description Null for a record that names no session. */
            session: string | null;
            /** @description The session's title. */
            title: string | null;
            /**
             * Format: int64
             * @description The record's number.
             */
            record: number;
            /** @description Where the text stands in the record. */
            pointer: string;
            /** @description Up to 60 characters. */
            before: string;
            hit: string;
            /** @description Up to 60 characters. */
            after: string;
        };
        /** @description What a rule found in stored records, newest first. */
        TrialView: {
            /**
             * Format: int64
             * @description Records that were looked through.
             */
            records_seen: number;
            /**
             * Format: int64
             * @description Bytes of their contents.
             */
            bytes_seen: number;
            /** @description True when those were all; false when there was no time for the rest. */
            is_complete: boolean;
            /**
             * Format: int64
             * @description Hits.
             */
            hits: number;
            /**
             * Format: int64
             * @description Sessions in which they are.
             */
            sessions: number;
            /** @description Up to 50 of them. */
            samples: components["schemas"]["TrialSample"][];
        };
        /** @description One prompt id and all that it caused. */
        Turn: components["schemas"]["Judged"] & components["schemas"]["Cost"] & components["schemas"]["TokenTotals"] & {
            /** @description The prompt id; `none` for what happened outside any prompt. */
            id: string;
            /**
             * Format: int32
             * @description Place in the session, from 0; given when read.
             */
            index: number;
            /** @description What the person (or the client) asked. */
            prompt: components["schemas"]["Prompt"];
            /**
             * Format: date-time
             * @description When it was asked.
             */
            started_at: string | null;
            /**
             * Format: int64
             * @description From the prompt to the last step's end.
             */
            duration_us: number | null;
            /** @description How it ended. */
            outcome: components["schemas"]["Outcome"];
            /** @description The last text of the main agent. */
            answer?: components["schemas"]["Text"];
            /**
             * Format: int64
             * @description Number of steps.
             */
            step_count: number;
            /**
             * Format: int64
             * @description Number of tool calls.
             */
            tool_calls: number;
            /**
             * Format: int64
             * @description Steps that failed.
             */
            errors: number;
            /** @description Where it stands in the tree of the session. */
            branch: components["schemas"]["Branch"];
            /** @description The turn that it follows in the tree, where a transcript says so. */
            parent?: string;
            /** @description True for a turn that a fork copied from an older session: it counts in no total. */
            copied?: boolean;
            /** @description The steps in order. Empty in the projection's turn rows. */
            steps: components["schemas"]["Step"][];
        };
        /** @description A turn without its steps. */
        TurnRow: components["schemas"]["Turn"] & {
            /**
             * Format: int64
             * @description The place of its first step in the session's one list of steps.
             */
            first_step: number;
        };
        /** @description Turns by who attests them: without those of built-in commands, and copies that a fork made. */
        TurnsSeen: {
            /**
             * Format: int64
             * @description All of them.
             */
            total: number;
            /**
             * Format: int64
             * @description Those in a transcript (or Cowork's audit log).
             */
            in_transcript: number;
            /**
             * Format: int64
             * @description Those that a hook was called in.
             */
            in_hooks: number;
            /**
             * Format: int64
             * @description Those in telemetry.
             */
            in_telemetry: number;
        };
        /** @description Something that is not searched. */
        Unsearched: {
            /** @description `long_texts`, `images`, `content_off`, `read_again`, `structured_results`. */
            what: string;
            /**
             * Format: int64
             * @description How many; null where that is not known, or not for this reader.
             */
            count: number | null;
            /** @description Why, in a sentence. */
            why: string;
        };
        /** @description Who a session belongs to. */
        User: {
            /** @description Account or installation id. */
            id: string | null;
            /** @description E-mail address. */
            email: string | null;
            from: components["schemas"]["UserFrom"] | null;
        };
        /**
         * @description Whose word an identity is.
         * @enum {string}
         */
        UserFrom: "credential" | "claim";
        /** @description What a session used. What a fork copied counts nowhere. */
        UsesView: {
            /** @description Tools, the most called first. */
            tools: components["schemas"]["ToolUseView"][];
            /** @description Skills, by where they ran first. */
            skills: components["schemas"]["SkillRunView"][];
            version: string;
        };
        /** @description A verdict. */
        Verdict: {
            id: string;
            /** @description The turn that it is of; null for the session as a whole. */
            turn: string | null;
            verdict: components["schemas"]["VerdictWord"];
            /** @description Why; null too when it went with the session's content. */
            reason: string | null;
            by: components["schemas"]["Reviewer"];
            at: components["schemas"]["Time"];
            /** @description The newest of this person on this: the others are history. */
            current: boolean;
            /** @description False when the turn is not there any more. */
            placed: boolean;
        };
        /** @description Verdicts: one a person and turn. */
        VerdictCounts: {
            /** Format: int64 */
            good: number;
            /** Format: int64 */
            wrong: number;
        };
        /**
         * @description What a verdict says.
         * @enum {string}
         */
        VerdictWord: "good" | "wrong" | "withdrawn";
        /** @description How many sessions have a version of Claude Code. */
        VersionSessions: {
            version: string;
            /** Format: int64 */
            sessions: number;
        };
        /** @description A view. */
        View: {
            id: string;
            name: string;
            /** @description Of the filter language. */
            filter: string;
            /** @description By what it is sorted: `started`, `cost`, `duration` or `errors`. */
            sort: string;
            /** @description Kinds of sessions that it leaves out: `automated`, `single_turn`. */
            fold: string[];
            /** @description Whether others see it. */
            shared: boolean;
            /** @description Whether it comes with the program: it cannot be changed. */
            preset: boolean;
            /** @description Whether it is the asking person's own. */
            mine: boolean;
            /** @description Whether the asking person may change and delete it. */
            may_change: boolean;
        };
        /** @description What a view is to be. */
        ViewInput: {
            name: string;
            /** @description Of the filter language. */
            filter?: string;
            /** @description `started` (which it is without), `cost`, `duration` or `errors`. */
            sort?: string;
            /** @description `automated`, `single_turn`. */
            fold?: string[];
            /** @description Whether others see it: only for those who set up how is judged. */
            shared?: boolean;
        };
        /** @description A source that gave records of a session. */
        Witness: {
            /** @description Which. */
            source: components["schemas"]["Source"];
            /**
             * Format: int64
             * @description Records of it.
             */
            records: number;
            /**
             * Format: date-time
             * @description The earliest time of one.
             */
            first_at: string | null;
            /**
             * Format: date-time
             * @description The latest time of one.
             */
            last_at: string | null;
        };
        /** @description How much of the sessions was seen that the reader may read. */
        WorkspaceCoverage: components["schemas"]["CoverageSums"] & {
            /** @description By machine, last seen first; none for a reader who is bound to projects. */
            machines: components["schemas"]["CoverageMachine"][];
        };
        /** @description What somebody may do in a workspace. */
        WorkspaceGrant: {
            name: string;
            /** @description `privacy`: sessions can be erased; `retention-locked`: nothing can before its time. */
            mode: string;
            role: components["schemas"]["Role"] | null;
            /** @description The projects that it is bound to; null for all of them. */
            projects: string[] | null;
            permissions: components["schemas"]["Permission"][];
        };
        /** @description A workspace. */
        WorkspaceView: {
            name: string;
            /** @description `privacy` or `retention-locked`. */
            mode: string;
            created_at: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Records that are stored and not yet to be seen in sessions.
             */
            lag_records: number;
        };
        /** Format: int64 */
        u64: number;
        /** @description Problem details (RFC 9457). */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Whose fault it is and what to do. */
            detail: string;
            /** @enum {string} */
            code: "invalid_request" | "unauthenticated" | "forbidden" | "not_found" | "session_private" | "session_erased" | "method_not_allowed" | "conflict" | "timed_out" | "too_large" | "unsupported_media_type" | "misdirected" | "rate_limited" | "internal" | "unavailable";
            /** @description True when the same request may go through later. */
            retryable: boolean;
            request_id: string;
            /** @description What stands where the session was, with `session_private` and `session_erased`. */
            tombstone?: {
                /** @enum {string} */
                kind: "private" | "erased";
                /** Format: date-time */
                at: string;
                /** @description The policy that its person's word was carried out by. */
                policy: string | null;
            };
            /** @description Which part of the body is wrong, where it can be said. */
            errors?: {
                /** @description JSON pointer into the body. */
                pointer: string;
                detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    get_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInState"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Self"];
                };
            };
            /** @description Address or password is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many tries */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inspect_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LinkToken"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkView"];
                };
            };
            /** @description The link is over */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptLink"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Self"];
                };
            };
            /** @description The link is over */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_self: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Self"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Self"];
                };
            };
            /** @description The old password is wrong, or the new one is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_SignInView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_in: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ended */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such sign-in */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    inspect_device: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceCode"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeviceRequest"];
                };
            };
            /** @description No device waits with this code */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decide_device: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeviceDecision"];
            };
        };
        responses: {
            /** @description Answered */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No device waits with this code */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_workspaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_WorkspaceGrant"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: {
                /**
                 * @description Terms of the filter language, all of which must hold: `key:value`, `key:a,b` (any of them), `-key:value` (not), `key>value`,
                 *     `key>=value`, `key<value`, `key<=value`. Keys: `id`, `user`, `project`, `model`, `skill`, `skill_version` (`name@` and the
                 *     beginning of the hash), `tool`, `mcp`, `outcome`, `first_turn` (`accepted`, `not_accepted`, `unknown`), `kind` (`automated`,
                 *     `single_turn`), `error`, `source`, `surface`, `version`, `coverage`; times (a day, RFC 3339, or `7d`, `24h`, `30m` ago)
                 *     `started`, `ended`, `from` or `after`, `to` or `before` for what was going on in an interval, and `new_skill` for what ran a
                 *     version of a skill first seen since; numbers `cost` (US dollars), `duration` (seconds), `turns`, `steps`, `calls`, `errors`; of what
                 *     people say of it `verdict` (`good`, `wrong`, `none`), `tag`, `score` (percent), `reviewer` (a name, an e-mail address, an
                 *     account's id, `me`), `commented` (`yes`, `no`): what stands now, and what the reader sees of it; `judged`, the time since which
                 *     a verdict or a score was given, which the others beside it are of too.
                 *     Between them words that stand anywhere in the session: `churn`, `"q2 churn"`, `renew*`, `-draft`, `prompt:churn`, `a OR b`.
                 */
                filter?: string;
                /**
                 * @description Kinds of sessions that are left out and counted, separated by commas: `automated` (run with `-p` or by an SDK),
                 *     `single_turn`.
                 * @example automated,single_turn
                 */
                fold?: string;
                /** @description The highest first. */
                sort?: components["schemas"]["SortName"];
                /** @description How many, 1 to 200. */
                limit?: number;
                /** @description `next` of the page before, with the same filter and sort. */
                cursor?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            /** @description The filter, sort or cursor is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionHead"];
                };
            };
            /** @description No such session that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It was made private, or erased: `code` says which, `tombstone` when and by which policy */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_turns: {
        parameters: {
            query?: {
                /** @description The first turn's place. */
                offset?: number;
                /** @description How many, 1 to 2,000. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slice_TurnRow"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_turn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                turn: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TurnRow"];
                };
            };
            /** @description No such turn */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_steps: {
        parameters: {
            query?: {
                /** @description The first step's place. */
                offset?: number;
                /** @description How many, 1 to 500. */
                limit?: number;
                /** @description Only the steps of this sub-agent; `main` for the main agent's. Places then count within those. */
                agent?: string;
                /**
                 * @description Texts longer than this are cut, JSON longer than this is left out; at most 65,536, and less for many steps at once: times
                 *     `limit` at most 2,500,000.
                 */
                text_bytes_max?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Slice_StepRow"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_step: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepRow"];
                };
            };
            /** @description No such step */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_step_content: {
        parameters: {
            query: {
                /** @description Which text. */
                field: components["schemas"]["ContentFieldName"];
                /** @description Where the piece begins, in bytes; moved down to a character's beginning. */
                offset?: number;
                /** @description How long it is at most, in bytes; at most 1,048,576. */
                length?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContentPiece"];
                };
            };
            /** @description No such step, or it has no such text */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_step_content: {
        parameters: {
            query: {
                /** @description Which text. */
                field: components["schemas"]["ContentFieldName"];
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The text, UTF-8 */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description No such step, or it has no such text */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorPlaces"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_step_kinds: {
        parameters: {
            query?: {
                /** @description Only the steps of this sub-agent; `main` for the main agent's. Places then count within those. */
                agent?: string;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepKindsView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    find_in_session: {
        parameters: {
            query?: {
                /** @description What to look for, as in `search`: words, `"phrases"`, beginnings `renew*`, exclusions, `prompt:churn`. No terms. */
                q?: string;
                /** @description Steps that are passed over before those that are told with what was found. */
                offset?: number;
                /** @description How many steps are told with what was found, 0 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundPlaces"];
                };
            };
            /** @description Nothing is looked for, or the query is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search: {
        parameters: {
            query?: {
                /**
                 * @description What to look for: words, `"phrases"`, beginnings `renew*`, exclusions `-draft`, alternatives `a OR b`, one field only
                 *     `prompt:churn` (`prompt`, `answer`, `thinking`, `input`, `output`, `error`, `notice`). All of it stands in one step. Terms
                 *     of the filter language may stand between the words and choose sessions: `skill:weekly-report "q2 churn"`.
                 */
                q?: string;
                /** @description Which sessions, in the filter language, beside the terms in `q`. Its words may stand anywhere in the session. */
                filter?: string;
                /** @description How many sessions, 1 to 100. */
                limit?: number;
                /** @description How many steps of each session, 1 to 50. */
                hits?: number;
                /** @description `next` of the page before, with the same `q` and `filter`. */
                cursor?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
            /** @description Nothing is looked for, or the query, filter or cursor is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_records: {
        parameters: {
            query?: {
                /** @description Only those of these sources, separated by commas, such as `otel_log,otel_span,otel_metric`. */
                sources?: string;
                /** @description The first record's place. */
                offset?: number;
                /** @description The part in which this record is, in place of `offset`. */
                around?: number;
                /** @description How many, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordList"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                record: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordView"];
                };
            };
            /** @description The session has no such record */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                record: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The JSON */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The session has no such record, or its content is gone */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_step_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                step: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepRecords"];
                };
            };
            /** @description No such step */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_timeline: {
        parameters: {
            query?: {
                /** @description Where the part begins: microseconds of active time from the session's start. */
                from?: number;
                /** @description Where it ends; the end without it. */
                to?: number;
                /** @description How many bins the part is put into, 1 to 2,000: what begins in one bin comes as one. */
                bins?: number;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_uses: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsesView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilesView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_file_diff: {
        parameters: {
            query: {
                /** @description The file's path, as the list has it. */
                path: string;
            };
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FileDiff"];
                };
            };
            /** @description The session's editing tools did not change this file */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    make_session_private: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadePrivateView"];
                };
            };
            /** @description It is not the asker's */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stream_events: {
        parameters: {
            query?: {
                /** @description Only of this session. */
                session?: string;
            };
            header?: {
                /** @description Where a broken stream is taken up again */
                "Last-Event-ID"?: number | null;
            };
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["SessionsChanged"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_reviews: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reviews"];
                };
            };
            /** @description No such session that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_verdict: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewVerdict"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description A wrong verdict without a reason, or none to withdraw */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session or turn that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Tag"];
                };
            };
            /** @description This is no tag, or there are too many */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session or turn that the reader may read, or no such tag to take off */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    write_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description What is wrong with it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session, turn, step, text or comment that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The quoted text is another by now */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_comment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
                comment: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CommentEdit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            /** @description Nothing to change, or what is wrong with it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is another's to change */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such comment that the reader sees */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    correct_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAnswer"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectedAnswer"];
                };
            };
            /** @description It is too long, or there is none to take back */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session or turn that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_reviewers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ReviewerName"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mentions: {
        parameters: {
            query?: {
                /** @description How many, 1 to 200. */
                limit?: number;
                /** @description `next` of the page before. */
                cursor?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mentions"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_mentions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MentionsRead"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_names: {
        parameters: {
            query?: {
                /** @description What the names hold; the case of Latin letters does not matter. */
                text?: string;
                /** @description How many, 1 to 200; those that begin with the text first, then those of most sessions. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
                /** @description A key of the filter language whose values are names */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_NameView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_projects: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_NameView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_members: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Member"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                account: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                account: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description No such member */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Invitation"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeInvitation"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdraw_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                invitation: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Withdrawn */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such invitation */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionSettings"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedactionChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RedactionSettings"];
                };
            };
            /** @description The policy is not taken: `errors` says which part of it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Another revision is in force */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    try_redaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedactionTrial"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TrialView"];
                };
            };
            /** @description The rule is not taken: `errors` says which part of it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_redaction_counts: {
        parameters: {
            query?: {
                /** @description The first day, such as `2026-11-01` (UTC). Without it, 30 days in all. */
                from?: string;
                /** @description The last day. Without it, today. */
                to?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CountsView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_capture_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureSettings"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_capture_policy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CapturePolicyChange"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CaptureSettings"];
                };
            };
            /** @description The policy is not taken */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Another revision is in force */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tombstones: {
        parameters: {
            query?: {
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description How many, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_Tombstone"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_views: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_View"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description The name or filter is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A key has no views; the role does not share them */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                view: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["View"];
                };
            };
            /** @description The name or filter is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is somebody else's, or comes with the program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such view */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                view: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description It is somebody else's, or comes with the program */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such view */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_devices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Device"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plugin: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plugin"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_plugin: {
        parameters: {
            query: {
                /** @description The project that the plugin delivers for. */
                project: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plugin, ready to be installed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_plugin_by_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The plugin, ready to be installed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plugin_marketplace: {
        parameters: {
            query: {
                /** @description The project that the plugin delivers for. */
                project: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A marketplace of Claude Code's format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plugin_marketplace_by_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A marketplace of Claude Code's format */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_skills: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_SkillVersion"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_skill_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                skill: string;
                /** @description Hash of the skill's folder, lower-case hex */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkillVersionDetail"];
                };
            };
            /** @description No such version that the reader may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_skill_text: {
        parameters: {
            query: {
                /** @description The file, from the skill's folder. */
                path: string;
            };
            header?: never;
            path: {
                workspace: string;
                skill: string;
                /** @description Hash of the skill's folder, lower-case hex */
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SkillText"];
                };
            };
            /** @description No such file that the reader may see, or none with a text */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_mcp_servers: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_McpServerView"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_coverage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceCoverage"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_score: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewScore"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Score"];
                };
            };
            /** @description The answers do not fit the rubric: `errors` says which one */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_rubrics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Rubric"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_rubric: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RubricDefinition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rubric"];
                };
            };
            /** @description It cannot be used: `errors` says which part of it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    compute_score: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ComputeInput"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ComputedScore"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rubric: {
        parameters: {
            query?: {
                /** @description Which version; the newest where none is named. */
                version?: number;
            };
            header?: never;
            path: {
                workspace: string;
                rubric: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rubric"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_rubric: {
        parameters: {
            query?: never;
            header: {
                /** @description The version that was looked at, in quotation marks: `"3"`. */
                "If-Match": string;
            };
            path: {
                workspace: string;
                rubric: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RubricDefinition"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rubric"];
                };
            };
            /** @description It cannot be used: `errors` says which part of it */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description There is a newer version */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retire_rubric: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                rubric: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rubric"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_precedent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                rubric: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPrecedent"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rubric"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queues: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Queue"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueue"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueue"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description It was set up anew meanwhile, or is closed */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queue"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    fill_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueFilled"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    next_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NextQueueItem"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_queue_items: {
        parameters: {
            query?: {
                /** @description Those in this state only. */
                state?: "needs_review" | "in_review" | "needs_others" | "disputed" | "complete";
                /** @description Where to go on: `next` of the page before. */
                cursor?: string;
                /** @description How many, 1 to 200. */
                limit?: number;
            };
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Page_QueueItem"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    add_queue_items: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                queue: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueueItems"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItemsAdded"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    complete_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skip_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueItemSkip"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    release_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reassign_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueueItemReassign"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    adjudicate_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewQueueDecision"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reveal_queue_item: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                item: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueItem"];
                };
            };
            /** @description As things stand it cannot be done: the detail says how they stand */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_my_queue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_MyQueue"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_gold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Gold"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_gold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewGold"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Gold"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_agreement: {
        parameters: {
            query?: {
                /** @description The rubric whose scores are compared; without it, verdicts are. */
                rubric?: string;
                /** @description The version whose questions are looked at; without it, the newest. */
                version?: number;
                /** @description True for verdicts: the same as naming no rubric. */
                verdicts?: boolean;
                /** @description Items of this queue only. */
                queue?: string;
                /** @description Judgements given at or after this time, RFC 3339. */
                from?: string;
                /** @description Judgements given before this time, RFC 3339. */
                to?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewerAgreement"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_rates: {
        parameters: {
            query?: {
                /** @description The rubric whose scores are looked at; without it, verdicts are. */
                rubric?: string;
                /** @description Samples of this queue only. */
                queue?: string;
                /** @description Weeks that end after this time, RFC 3339. */
                from?: string;
                /** @description Weeks that begin before this time, RFC 3339. */
                to?: string;
                /** @description Sessions of this project only. */
                project?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rates"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_sessions: {
        parameters: {
            query: {
                /** @description The format. */
                format: components["schemas"]["ExportFormat"];
                /** @description Of csv, which table. */
                table?: components["schemas"]["ExportTable"];
                /** @description One session. */
                session?: string;
                /** @description The sessions that fit a filter, in the language of the list of sessions; newest first. Empty: all. */
                filter?: string;
                /** @description Whether what tools gave back is part of it. */
                outputs?: boolean;
                /** @description Whether what the model thought is part of it. */
                thinking?: boolean;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file, to be saved. Who exported which sessions is noted before its first byte */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            /** @description The format, table or filter is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session that the reader may read, or none fits */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_report: {
        parameters: {
            query: {
                /** @description The project; without: all that the reader may read. */
                project?: string;
                /** @description The first moment: a day (its first moment in UTC), or RFC 3339. */
                from: string;
                /** @description The first moment that is no part of it. */
                to: string;
                /** @description Of the page: to be saved as a file instead of looked at. */
                download?: boolean;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description The period is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_report_page: {
        parameters: {
            query: {
                /** @description The project; without: all that the reader may read. */
                project?: string;
                /** @description The first moment: a day (its first moment in UTC), or RFC 3339. */
                from: string;
                /** @description The first moment that is no part of it. */
                to: string;
                /** @description Of the page: to be saved as a file instead of looked at. */
                download?: boolean;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page, in one file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description The period is none */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewShare"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeShare"];
                };
            };
            /** @description There are no such turns, a word or pattern cannot be masked, or it is good for too long */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                session: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShareRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharePreview"];
                };
            };
            /** @description There are no such turns, or a word or pattern cannot be masked */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such session that the reader may read */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_share_preview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                preview: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description The preview is over, or somebody else's */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_shares: {
        parameters: {
            query?: {
                /** @description Of one session only. */
                session?: string;
            };
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Share"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It leads nowhere */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such link that the reader may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_share_openings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                share: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_ShareOpening"];
                };
            };
            /** @description No such link that the reader may see */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    open_share: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description The link leads nowhere, as a page */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The link was revoked or is over, as a page */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many links were opened from there, as a page */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description This link, or all links together, are shown as often at a time as may be, or the page took too long, as a page */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_keys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["List_Key"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewKey"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MadeKey"];
                };
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workspace: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description No such key */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was refused, whose fault it is and what to do. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
