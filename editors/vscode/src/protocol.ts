/** What the server answers beyond the Language Server Protocol: `workspace/executeCommand` and one notification. */

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

/** The answer to `masthead.postUrl`. */
export interface PostUrl {
  /** Without `url` and `baseurl` of the site; none of a post that is left out. */
  url: string | null;
  /** With them, where the site has a `url`. */
  absolute?: string | null;
  status: Status;
  /** Why it is not simply published. */
  reason?: string | null;
  title: string;
  date?: string | null;
}

/** A post in a list. */
export interface PostLine {
  uri: string;
  title: string;
  date?: string | null;
  status: Status;
}

/** Posts of one kind: all of them counted, the newest listed. */
export interface PostList {
  count: number;
  posts: PostLine[];
}

/** A tag or a category. */
export interface TermCount {
  name: string;
  count: number;
}

/** One site in the answer to `masthead.overview`. */
export interface SiteOverview {
  site: string;
  tags: TermCount[];
  categories: TermCount[];
  drafts: PostList;
  future: PostList;
  unpublished: PostList;
  broken: PostList;
}

/** Told when a site's posts, tags or statuses may have changed. */
export const siteChanged = new NotificationType<{ site: string }>("masthead/siteChanged");

/** Asks the server to do what one of its commands names. */
export async function execute<T>(client: BaseLanguageClient, command: string, argument?: unknown): Promise<T> {
  return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: argument === undefined ? [] : [argument] });
}
