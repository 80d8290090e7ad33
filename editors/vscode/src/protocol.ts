/**
 * What the server answers beyond the Language Server Protocol: commands for `workspace/executeCommand`, and one
 * notification. `editors/README.md` describes them.
 */

import { ExecuteCommandRequest, NotificationType } from "vscode-languageclient/node";
import type { BaseLanguageClient, Position } from "vscode-languageclient";

/** What becomes of a post. */
export type Status = "published" | "future" | "unpublished" | "draft" | "broken" | "dropped" | "aborts";

/** The answer to `masthead.newPost`. */
export interface NewPost {
  uri: string;
  /** Where the author goes on writing. */
  position: Position;
}

/** The answer to `masthead.newPostName`: what a new post's file would be called. */
export interface NewPostName {
  /** Relative to the site. */
  path: string;
  slug: string;
  /** Whether the slug says all that was asked for. */
  whole: boolean;
  /** Whether there is such a file already. */
  taken: boolean;
}

/** The answer to `masthead.postUrl`. */
export interface PostUrl {
  /** Without `url` and `baseurl` of the site; none of a post that is left out. */
  url: string | null;
  /** With them, where the site has a `url`. */
  absolute: string | null;
  status: Status;
  /** Why it is not simply published. */
  reason: string | null;
  title: string;
  date: string | null;
}

/** A post in a list. */
export interface PostLine {
  uri: string;
  title: string;
  date: string | null;
  status: Status;
}

/** A tag or a category. */
export interface TermCount {
  name: string;
  count: number;
}

/** The posts that are listed because they are not simply published. */
export type ListKind = "drafts" | "future" | "unpublished" | "broken";

/** The question of `masthead.postsWith`. */
export type PostsWith = { site: string } & ({ tag: string } | { category: string } | { status: "published" });

/** One site in the answer to `masthead.overview`. */
export interface SiteOverview {
  uri: string;
  /** The folder's name. */
  name: string;
  /** Whether all of it has been read. */
  ready: boolean;
  /** All posts of each kind; the lists below hold the newest. */
  counts: Record<ListKind | "posts" | "published", number>;
  tags: TermCount[];
  categories: TermCount[];
  drafts: PostLine[];
  future: PostLine[];
  unpublished: PostLine[];
  broken: PostLine[];
}

/** Told when a site's posts, tags or statuses may have changed. */
export const siteChanged = new NotificationType<{ site: string }>("masthead/siteChanged");

/** Asks the server to do what one of its commands names. */
export async function execute<T>(client: BaseLanguageClient, command: string, argument?: unknown): Promise<T> {
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: argument === undefined ? [] : [argument] });
}
