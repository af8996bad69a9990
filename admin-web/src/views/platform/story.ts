/** What the dialog of a story sends: an empty picture is none. */
export interface Told {
  name: string
  story: string
  picture: string
}
