# frozen_string_literal: true

# compare.rb SITE REAL OURS FINDINGS: one check for each document. Its url, title, slug, date, tags, categories,
# excerpt and status must be the same in both lists of posts, and where Jekyll has an error our check must report one as well.
require "json"

FIELDS = %w(kind status url title slug date tags categories excerpt).freeze

def lines(file)
  File.readlines(file, encoding: "UTF-8").map { |line| JSON.parse(line) }
end

site, real, ours, findings = ARGV
real = lines(real).to_h { |post| [post["path"], post] }
ours = lines(ours).reject { |post| post["kind"] == "collection" }.to_h { |post| [post["path"], post] }
wrong = lines(findings).select { |finding| finding["severity"] == "error" }.map { |finding| finding["path"] }

passed = failed = 0
(real.keys | ours.keys).sort.each do |path|
  theirs = real[path]
  mine = ours[path]
  differences =
    if theirs.nil? then ["only masthead lists it"]
    elsif mine.nil? then ["only Jekyll lists it"]
    else
      FIELDS.reject { |field| theirs[field] == mine[field] }
            .map { |field| "#{field}: Jekyll #{theirs[field].inspect}, masthead #{mine[field].inspect}" }
    end
  silent = theirs && theirs["error"] && wrong.none? { |file| file == path || file.end_with?("/#{path}") }
  differences << "Jekyll has an error, masthead check none: #{theirs["error"]}" if silent
  if differences.empty?
    passed += 1
  else
    failed += 1
    puts "FAIL #{site}/#{path}", differences.map { |text| "     #{text}" }
  end
end
if real.empty?
  failed += 1
  puts "FAIL #{site}: Jekyll found no post"
end
puts "#{site}: #{passed} passed, #{failed} failed"
